"""The archive of an account: odd units stay and are named, a day counts once, a watch that lay on the table saw no night."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "garmin"
ARCHIVE = FIXTURES / "archive" / "DI_CONNECT"
CONSTRUCTED = "garmin/constructed-from-seen-schema"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def fields(item: Item) -> dict[str, Any]:
    assert isinstance(item.details, bytes)
    return dict(json.loads(item.details))


def invented(tmp_path: Path) -> Path:
    shutil.copytree(ARCHIVE, tmp_path / "DI_CONNECT")
    return tmp_path


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool, tmp_path: Path) -> None:
    check_golden(invented(tmp_path), FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_of_the_seen_schema_gives_two_activities_a_day_and_three_nights() -> None:
    found = run(sample(CONSTRUCTED))
    assert found.outcomes == {"read": 3}
    assert found.kinds == {"workout": 2, "measurement": 1, "sleep": 2, "other": 1}
    assert found.series()["steps"] == 1
    assert not found.notices


def test_the_synthetic_sample_has_a_local_time_in_words_and_gives_its_offset() -> None:
    (item,) = run(sample("garmin/synthetic-apache")).items
    assert item.when is not None
    assert (item.when.us, item.when.offset) == (us(2030, 1, 1), 540)


def test_the_local_epoch_is_no_instant_but_tells_the_offset() -> None:
    ride = of(run(sample(CONSTRUCTED)), "activity")[0]
    assert ride.when is not None
    assert (ride.when.us, ride.when.offset) == (1_700_000_000_000_000, 60)
    assert ride.end == 1_700_001_860_000_000
    assert (ride.lat, ride.lon) == (45.764, 4.8357)


def test_centimetres_and_kilojoules_stay_and_are_named() -> None:
    ride = of(run(sample(CONSTRUCTED)), "activity")[0]
    assert isinstance(ride.details, dict)
    assert ride.details["distance"] == 500_000.0
    assert ride.details["units"]["distance"] == "cm"
    assert ride.details["units"]["calories"] == "kJ"


def test_nothing_of_an_activity_a_day_or_a_night_is_dropped(tmp_path: Path) -> None:
    found = run(invented(tmp_path))
    originals = json.loads(
        (ARCHIVE / "DI-Connect-Fitness/lea@example.org_0_summarizedActivities.json").read_text("utf-8")
    )
    for original, item in zip(originals[0]["summarizedActivitiesExport"], of(found, "activity"), strict=True):
        assert isinstance(item.details, dict)
        assert original.items() <= item.details.items()
    nights = json.loads((ARCHIVE / "DI-Connect-Wellness/2024-01-24_2024-05-02_5_sleepData.json").read_text("utf-8"))
    assert [fields(item) for item in of(found, "night")] == nights


def test_a_day_of_two_windows_counts_with_its_highest_version(tmp_path: Path) -> None:
    found = run(invented(tmp_path))
    steps = [list(batch.value.texts()) for batch in found.samples if batch.series == "steps" and batch.value]
    assert sorted(value for values in steps for value in values if value) == ["11000", "9100"]
    older = [item for item in of(found, "day") if item.kind is Kind.OTHER]
    assert [fields(item)["totalSteps"] for item in older] == [1200]


def test_a_day_begins_at_the_local_midnight_and_gives_its_offset_to_its_night(tmp_path: Path) -> None:
    found = run(invented(tmp_path))
    steps = next(batch for batch in found.samples if batch.series == "steps")
    assert steps.start.tolist()[0] == us(2024, 4, 30, 22)
    assert steps.offset is not None
    assert next(iter(steps.offset.texts())) == "120"
    assert [item.when.offset for item in of(found, "night") if item.when] == [120, 120, None]


def test_a_night_without_the_watch_is_no_sleep_and_one_without_phases_is() -> None:
    assert [item.kind for item in of(run(sample(CONSTRUCTED)), "night")] == [Kind.SLEEP, Kind.SLEEP, Kind.OTHER]


def test_an_activity_or_a_day_without_a_time_is_kept_and_said(tmp_path: Path) -> None:
    found = run(invented(tmp_path))
    assert {(notice.reason, notice.position, notice.what) for _, notice in found.notices} == {
        ("table-date", "record 3", "startTimeGmt"),
        ("table-date", "record 2", "calendarDate"),
    }
    assert of(found, "activity")[2].when is None


def test_lists_that_nobody_described_are_kept_whole(tmp_path: Path) -> None:
    found = run(invented(tmp_path))
    assert found.ended["DI_CONNECT/DI-Connect-User/user_profile.json"].outcome == "kept"


def test_files_without_their_names_give_the_same_activities_and_nights(tmp_path: Path) -> None:
    for number, path in enumerate(sorted(ARCHIVE.rglob("*.json"))):
        if "Activities" in path.name or "sleepData" in path.name:
            shutil.copy(path, tmp_path / f"{number}.json")
    keys = {item.key for item in run(ARCHIVE).items if item.key[0] in {"activity", "night"}}
    assert {item.key for item in run(tmp_path).items} == keys


def test_a_cut_file_gives_its_first_activities_and_says_where_it_ends(tmp_path: Path) -> None:
    data = (ARCHIVE / "DI-Connect-Fitness/lea@example.org_0_summarizedActivities.json").read_bytes()
    (tmp_path / "x_0_summarizedActivities.json").write_bytes(data[: data.index(b"7002") + 60])
    found = run(tmp_path)
    assert [item.title for item in found.items] == ["Sortie au lac"]
    assert [notice.reason for _, notice in found.notices] == ["json-cut-off"]
