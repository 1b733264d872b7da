"""Overland's batches: features with a place are fixes of their device, the others are facts."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "overland"
BATCH = FIXTURES / "lot.json"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_batch_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(BATCH, FIXTURES / "batch.golden.jsonl", regenerate=regenerate)


def test_the_sample_batch_gives_a_fix_and_the_end_of_the_app() -> None:
    found = run(sample("overland/geodata.json"))
    assert (found.series(), found.kinds) == ({"position": 1}, {"other": 1})
    (samples,) = found.samples
    assert int(samples.start[0]) == us(2015, 10, 1, 15)
    assert samples.offset is not None
    assert list(samples.offset.texts()) == ["-420"]
    assert list(samples.columns["lat"].texts()) == ["37.3318"]
    assert found.items[0].title == "will_terminate"
    assert not found.notices


def test_every_property_is_a_column() -> None:
    (samples,) = run(BATCH).samples
    assert samples.subject == "tel"
    assert {name: next(values.texts()) for name, values in samples.columns.items()} == {
        "lat": "45.190",
        "lon": "5.72",
        "altitude": "212",
        "speed": "4",
        "horizontal_accuracy": "30",
        "motion": '["driving","stationary"]',
        "pauses": "false",
        "wifi": "Réseau test",
        "battery_state": "charging",
        "battery_level": "0.89",
    }


def test_a_feature_without_a_sound_time_is_kept_and_said_with_its_number() -> None:
    found = run(BATCH)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "record 2")]
    assert [item.kind for item in found.items] == [Kind.OTHER, Kind.OTHER]


def test_a_renamed_and_cut_batch_gives_what_is_whole(tmp_path: Path) -> None:
    data = BATCH.read_bytes()
    (tmp_path / "0001").write_bytes(data[: data.index(b"un jour")])
    found = run(tmp_path)
    assert found.series() == {"position": 1}
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}
    shutil.copy(BATCH, tmp_path / "0001")
    assert run(tmp_path).readers == {"0001": "overland.locations"}
