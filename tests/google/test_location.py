"""Location in four generations: units, overflows, odd values, broken and cut-off files, and what stands beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importers.columns import Numbers, Texts
from importers.records import Item, Kind, Moment, Precision, Samples
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run

LOCATION = FIXTURES / "location" / "Takeout" / "Historique des positions"
TIMELINE = FIXTURES / "timeline"


def read(tmp_path: Path, name: str, data: object) -> Run:
    text = data if isinstance(data, str) else json.dumps(data)
    (tmp_path / name).write_text(text, encoding="utf-8")
    return run(tmp_path)


def fix(**fields: object) -> dict[str, object]:
    return {"latitudeE7": 457640430, "longitudeE7": 48356590, "timestamp": "2023-05-06T07:08:09Z"} | fields


def column(samples: Samples, name: str) -> list[str | None]:
    found = samples.columns[name]
    assert isinstance(found, Numbers | Texts)
    return list(found.texts())


def fixes(found: Run) -> Samples:
    (samples,) = found.samples
    return samples


def only(found: Run, kind: Kind) -> Item:
    (item,) = (item for item in found.items if item.kind == kind)
    return item


# Raw positions


@pytest.mark.parametrize(
    ("e7", "degrees"),
    [
        (4285967296, "-0.9000000"),
        (-337000000, "-33.7000000"),
        (900000000, "90.0000000"),
        (3000000000, "300.0000000"),
        (5, "0.0000005"),
    ],
)
def test_latitudes_are_degrees_and_those_beyond_32_bits_are_brought_back(tmp_path: Path, e7: int, degrees: str) -> None:
    """What no overflow explains stays as it is."""
    samples = fixes(read(tmp_path, "Records.json", {"locations": [fix(latitudeE7=e7)]}))
    assert column(samples, "lat") == [degrees]


def test_a_fix_without_a_place_is_a_sample_without_a_place(tmp_path: Path) -> None:
    rows = [fix(), {"timestamp": "2023-05-06T07:08:10Z", "activeWifiScan": {"accessPoints": []}, "deviceTag": -5}]
    samples = fixes(read(tmp_path, "Records.json", {"locations": rows}))
    assert column(samples, "lat") == ["45.7640430", None]
    assert column(samples, "activeWifiScan") == [None, '{"accessPoints":[]}']


def test_tags_beyond_53_bits_are_exact(tmp_path: Path) -> None:
    rows = [fix(deviceTag=tag) for tag in (2**53 + 1, -(2**63), 2**63)]
    samples = fixes(read(tmp_path, "Records.json", {"locations": rows}))
    assert column(samples, "deviceTag") == ["9007199254740993", "-9223372036854775808", "9223372036854775808"]


def test_numbers_texts_and_truth_values_in_one_field_are_told_apart(tmp_path: Path) -> None:
    rows = [fix(osLevel=level) for level in (1, True, 1.0, "1.50", None)]
    samples = fixes(read(tmp_path, "Records.json", {"locations": [*rows, fix()]}))
    assert column(samples, "osLevel") == ["1", "true", "1.0", "1.50", "null", None]


def test_old_times_are_milliseconds_and_sometimes_seconds() -> None:
    samples = fixes(run(LOCATION / "Historique des positions.json"))
    assert samples.start.tolist() == [1_450_000_000_123_000, 1_450_000_060_000_000]


def test_the_same_fix_in_an_old_and_in_a_new_file_is_the_same_sample(tmp_path: Path) -> None:
    old = {"latitudeE7": 457640430, "longitudeE7": 48356590, "timestampMs": "1683356889000", "accuracy": 9}
    new = fix(accuracy=9)
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    before = fixes(read(tmp_path / "old", "Location History.json", {"locations": [old]}))
    after = fixes(read(tmp_path / "new", "Records.json", {"locations": [new]}))
    assert before.start.tolist() == after.start.tolist()
    assert {name: column(before, name) for name in before.columns} == {
        name: column(after, name) for name in after.columns
    }


def test_a_fix_without_a_time_is_told_kept_and_does_not_stop_the_others() -> None:
    found = run(LOCATION / "Records.json")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("google-no-time", "record 4")]
    assert len(fixes(found).start) == 4
    assert found.kinds == {"other": 1}


def test_a_second_time_of_a_fix_is_kept() -> None:
    assert column(fixes(run(LOCATION / "Records.json")), "timestampMs")[-1] == "1683357120123"


def test_fields_of_unknown_name_get_a_column(tmp_path: Path) -> None:
    rows = [fix(**{f"new{at}": at for at in range(60)}), fix()]
    samples = fixes(read(tmp_path, "Records.json", {"locations": rows}))
    assert column(samples, "new0") == ["0", None]
    assert '"new59":59' in str(column(samples, "further fields")[0])


def test_a_broken_fix_in_the_middle_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [json.dumps(fix(accuracy=number)) for number in range(5)]
    rows[2] = rows[2].replace(":", "", 1)
    found = read(tmp_path, "Records.json", '{"locations": [' + ", ".join(rows) + "]}")
    assert [text for samples in found.samples for text in column(samples, "accuracy")] == ["0", "1", "3", "4"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("json-broken", "record 3")]


def test_a_place_of_another_type_is_told_and_kept_whole(tmp_path: Path) -> None:
    found = read(tmp_path, "Records.json", {"locations": [fix(), fix(latitudeE7="45.76"), fix()]})
    assert sum(len(samples.start) for samples in found.samples) == 2
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("json-unexpected", "record 2")]
    assert b'"45.76"' in only(found, Kind.OTHER).details  # type: ignore[operator]


def test_a_truncated_file_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    text = json.dumps({"locations": [fix(accuracy=number) for number in range(1000)]})
    found = read(tmp_path, "Records.json", text[:-50])
    assert found.series() == {"position": 999}
    assert "json-cut-off" in {notice.reason for _, notice in found.notices}


# Visits and journeys


def test_a_visit_within_a_visit_is_a_stay_of_its_own_one_level_down() -> None:
    outer, inner, *_ = run(LOCATION / "Semantic Location History/2023/2023_MAY.json").items
    assert (outer.title, outer.text, outer.key[-1]) == ("Bibliothèque", "1 rue de l’Invention\n69000 Ville", 0)
    assert (inner.title, inner.key[-1]) == ("Café de la bibliothèque", 1)
    assert outer.when == Moment(1_683_356_889_120_000, None, Precision.MILLISECOND)
    assert outer.end == 1_683_363_600_000_000


def test_a_visit_without_a_place_takes_its_centre_and_one_without_a_time_is_told() -> None:
    found = run(LOCATION / "Semantic Location History/2023/2023_MAY.json")
    undated = found.items[4]
    assert (undated.kind, undated.when, undated.lat, undated.lon) == (Kind.STAY, None, 45.76404, 4.83565)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("google-no-time", "record 4"),
        ("google-unknown-object", "record 5"),
    ]


def test_a_month_read_twice_adds_nothing(tmp_path: Path) -> None:
    data = (LOCATION / "Semantic Location History/2023/2023_MAY.json").read_text(encoding="utf-8")
    (tmp_path / "2023_MAY.json").write_text(data, encoding="utf-8")
    (tmp_path / "2023_JUNE.json").write_text("\n" + data, encoding="utf-8")
    found = run(tmp_path)
    assert sum(found.kinds.values()) * 2 == len(found.items)


# The phone's own export


def test_a_stay_has_the_offset_of_its_place_and_not_of_the_phone() -> None:
    stay = run(TIMELINE / "Vos trajets.json").items[1]
    assert stay.when == Moment(1_749_967_200_000_000, 60, Precision.MILLISECOND)
    assert (stay.title, stay.lat, stay.lon) == ("INFERRED_HOME", 45.7640431, -4.835659)


def test_points_have_their_decimals_with_and_without_the_sign() -> None:
    path, signals, *_ = run(TIMELINE / "Vos trajets.json").samples
    assert column(path, "lat") == ["45.7640431", "45.76405"]
    assert column(path, "startTime") == ["2025-06-15T08:00:00.000+02:00"] * 2
    assert column(signals, "altitudeMeters") == ["173.30", None]
    assert signals.start.tolist() == [1_749_968_101_500_000, 1_749_968_160_000_000]


def test_what_the_phone_concluded_is_kept_to_the_letter() -> None:
    concluded = [item for item in run(TIMELINE / "Vos trajets.json").items if item.kind == Kind.INFERENCE]
    assert [item.title for item in concluded] == ["timelineMemory", "HOME", "COMMUTE_DIRECTION_HOME_TO_WORK", "persona"]
    assert b'"rate":0.70' in concluded[2].details  # type: ignore[operator]


def test_an_empty_point_and_a_segment_of_a_new_form_are_told_and_kept() -> None:
    found = run(TIMELINE / "Vos trajets.json")
    assert [(notice.reason, notice.position, notice.what) for _, notice in found.notices] == [
        ("google-unknown-object", "record 1", "timelinePath"),
        ("google-unknown-object", "record 7", ""),
    ]
    assert found.kinds["other"] == 3


def test_an_iphone_counts_minutes_across_the_change_of_the_clock() -> None:
    found = run(TIMELINE / "location-history.json")
    assert fixes(found).start.tolist() == [1_743_289_200_000_000, 1_743_300_000_000_000]
    assert (only(found, Kind.TRIP).title, only(found, Kind.STAY).lat) == ("walking", 45.764043)
    assert only(found, Kind.TRIP).when == Moment(1_743_301_800_000_000, 120, Precision.MILLISECOND)


@pytest.mark.parametrize("name", ["Timeline.json", "location-history.json", "Zeitleiste.json", "x"])
@pytest.mark.parametrize("original", ["Vos trajets.json", "location-history.json"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, original: str, name: str) -> None:
    found = read(tmp_path, name, (TIMELINE / original).read_text(encoding="utf-8"))
    assert [item.key for item in found.items] == [item.key for item in run(TIMELINE / original).items]


def test_a_segment_read_twice_is_one_stay(tmp_path: Path) -> None:
    segment = {"startTime": "2025-06-15T08:00:00.000+02:00", "endTime": "2025-06-15T09:00:00.000+02:00"}
    visit = segment | {"visit": {"topCandidate": {"placeId": "ChIJx", "placeLocation": {"latLng": "1°, 2°"}}}}
    assert read(tmp_path, "Timeline.json", {"semanticSegments": [visit, visit]}).kinds == {"stay": 1}


# Beside it


def test_a_note_in_place_of_the_positions_says_what_to_do() -> None:
    found = run(LOCATION / "Encrypted Backups.txt")
    assert [notice.reason for _, notice in found.notices] == ["google-timeline-on-phone"]
    assert "Encrypted Backups.txt" in found.files


def test_settings_and_devices_are_items() -> None:
    found = run(LOCATION / "Settings.json")
    assert found.kinds == {"device": 2, "setting": 1}
    assert only(found, Kind.SETTING).when == Moment(1_683_356_400_000_000)
    assert found.items[0].title == "Téléphone de Jo"


def test_an_edit_stands_at_the_time_and_place_of_its_signal() -> None:
    edit = run(LOCATION / "Timeline Edits.json").items[0]
    assert edit.when == Moment(1_714_979_289_100_000, None, Precision.MILLISECOND)
    assert (edit.lat, edit.lon) == (45.764043, 4.835659)
