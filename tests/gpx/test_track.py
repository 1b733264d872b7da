"""GPX: every dialect among the samples with exact counts, and what happens to points without a time or a place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from importers.formats.few_notices import FIRST
from importers.formats.xml_stream import Element
from importers.gpx.positions import tree
from importers.gpx.track import SLICE, read_gpx
from importers.records import Item, Kind, Notice, Precision, Samples
from tests.apple.export_xml import sample_rows
from tests.importing import SAMPLES, Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "gpx"
FILES = sorted(path.name for path in (SAMPLES / "standards" / "gpx").glob("*")) if SAMPLES.is_dir() else ["all.gpx"]

HEAD = '<gpx version="1.1" creator="test"><trk><name>n</name><trkseg>'
TAIL = "</trkseg></trk></gpx>"


def renamed(tmp_path: Path, file: str) -> Run:
    shutil.copy(sample(f"standards/gpx/{file}"), tmp_path / "0001.dat")
    return run(tmp_path)


def rows_of(found: Run) -> list[dict[str, Any]]:
    return [row for samples in found.samples for row in sample_rows(samples)]


def kept_points(found: Run, element: str) -> list[dict[str, Any]]:
    return [
        point
        for item in found.items
        if isinstance(item.details, dict) and item.details.get("element") == element
        for point in item.details.get("points", ())
    ]


def read(text: str) -> tuple[list[Item], list[dict[str, Any]], list[Notice]]:
    records = list(read_gpx([text.encode()]))
    rows = [row for record in records if isinstance(record, Samples) for row in sample_rows(record)]
    items = [record for record in records if isinstance(record, Item)]
    return items, rows, [record for record in records if isinstance(record, Notice)]


@pytest.mark.parametrize("file", FILES)
def test_every_sample_is_recognised_without_its_name_and_every_point_is_kept(tmp_path: Path, file: str) -> None:
    found = renamed(tmp_path, file)
    text = sample(f"standards/gpx/{file}").read_text(encoding="utf-8")
    assert found.readers == {"0001.dat": "gpx.track"}
    assert not found.notices
    assert len(rows_of(found)) + len(kept_points(found, "trk")) == len(re.findall(r"<trkpt\b", text))
    assert len(kept_points(found, "rte")) == len(re.findall(r"<rtept\b", text))
    waypoints = [item for item in found.items if item.details.get("element") == "wpt"]  # type: ignore[union-attr]
    assert len({item.key for item in waypoints}) == len(re.findall(r"<wpt\b", text))


def test_times_before_1990_are_no_times_and_the_shape_of_the_track_is_kept(tmp_path: Path) -> None:
    found = renamed(tmp_path, "Mojstrovka.gpx")
    assert not found.samples
    (track,) = found.items
    assert (track.kind, track.when) == (Kind.TRIP, None)
    assert len(track.details["points"]) == track.details["pointCount"] == 184
    first = track.details["points"][0]
    assert first == {
        "segment": 1,
        "n": 1,
        "lat": "46.434981000",
        "lon": "13.748273000",
        "ele": "1614.678000",
        "time": "1901-12-13T20:45:52.2073437Z",
    }
    assert (track.lat, track.lon) == (46.434981, 13.748273)


def test_a_track_of_one_device_keeps_every_decimal_and_its_milliseconds(tmp_path: Path) -> None:
    found = renamed(tmp_path, "gpx_track_single_segment.gpx")
    rows = rows_of(found)
    assert (rows[0]["lat"], rows[0]["lon"], rows[0]["ele"]) == ("37.114371210336685", "-3.5733646620064974", "824.93")
    assert rows[2]["start"] == 1_710_592_223_015_000
    (track,) = found.items
    assert track.title == "La Zubia - balcon"
    assert track.when is not None
    assert track.when.precision is Precision.MILLISECOND
    assert track.end == 1_710_592_223_313_000


def test_fields_of_extensions_are_found_by_their_local_names(tmp_path: Path) -> None:
    (row,) = rows_of(renamed(tmp_path, "garmin_example.gpx"))
    assert {name: row[name] for name in ("speed", "sat", "hdop", "vdop", "pdop", "geoidheight", "src")} == {
        "speed": "2.8",
        "sat": "3",
        "hdop": "1.9",
        "vdop": "8.6",
        "pdop": "8.8",
        "geoidheight": "-1.6",
        "src": "gps",
    }
    assert (row["start"], row["offset"]) == (1_730_626_211_331_000, "420")


def test_speed_inside_the_point_is_the_same_field_as_speed_in_an_extension(tmp_path: Path) -> None:
    assert [row["speed"] for row in rows_of(renamed(tmp_path, "track_with_speed.gpx"))] == ["1.2", "2.2", "3.2"]


def test_a_time_without_zone_is_utc_and_its_text_is_kept() -> None:
    _, rows, _ = read(f'{HEAD}<trkpt lat="1" lon="2"><time>2013-01-01T12:00:04</time></trkpt>{TAIL}')
    assert (rows[0]["start"], rows[0]["time"]) == (1_357_041_604_000_000, "2013-01-01T12:00:04")


def test_places_that_were_marked_are_bookmarks_with_all_their_fields(tmp_path: Path) -> None:
    found = renamed(tmp_path, "unicode.gpx")
    assert found.kinds == {"bookmark": 6}
    first = found.items[0]
    assert (first.title, first.text, first.lat, first.lon) == ("šđčćž", "BACK TO THE ROOTS", 45.757933259, 14.294899916)
    assert first.details["cmt"] == "ŠĐČĆŽ"
    assert first.details["gpx"]["creator"] == "GPSBabel - http://www.gpsbabel.org"


def test_what_the_file_says_of_itself_is_kept_with_its_first_item_only(tmp_path: Path) -> None:
    found = renamed(tmp_path, "gpx1.1_with_all_fields.gpx")
    described = [item for item in found.items if "gpx" in item.details]
    assert described[:1] == found.items[:1]
    assert described[1].details == {"gpx": {"extensions": {"gpxext": ["..."]}}}  # stands at the end of the file
    assert len(described) == 2
    about = described[0].details["gpx"]["metadata"]  # type: ignore[index]
    assert about["author"][0]["email"] == [{"id": "aaa", "domain": "bbb.com"}]
    assert about["copyright"][0]["year"] == ["2013"]
    assert about["extensions"][0]["bbb"] == ["ccc"]


def test_a_new_export_of_a_track_has_the_same_key_whatever_its_metadata_and_file_name(tmp_path: Path) -> None:
    track = '<trk><name>n</name><trkseg><trkpt lat="1" lon="2"><time>2020-01-01T00:00:00Z</time></trkpt></trkseg></trk>'
    one, _, _ = read(f"<gpx><metadata><time>2020-01-02T00:00:00Z</time></metadata>{track}</gpx>")
    two, _, _ = read(f'<gpx creator="other">{track}</gpx>')
    assert one[0].key == two[0].key


def test_a_track_that_measured_the_body_or_names_a_sport_is_a_workout() -> None:
    point = '<trkpt lat="1" lon="2"><time>2020-01-01T00:00:00Z</time>{}</trkpt>'
    heart = "<extensions><x:TrackPointExtension><x:hr>150</x:hr></x:TrackPointExtension></extensions>"
    assert read(HEAD + point.format("") + TAIL)[0][0].kind is Kind.TRIP
    items, rows, _ = read(HEAD + point.format(heart) + TAIL)
    assert (items[0].kind, rows[0]["hr"]) == (Kind.WORKOUT, "150")
    sport = HEAD.replace("<name>", "<type>running</type><name>")
    assert read(sport + point.format("") + TAIL)[0][0].kind is Kind.WORKOUT


def test_a_point_without_a_place_is_told_and_kept_in_the_details() -> None:
    items, rows, notices = read(f'{HEAD}<trkpt lat="north" lon="2"><time>2020-01-01T00:00:00Z</time></trkpt>{TAIL}')
    assert not rows
    assert [(notice.reason, notice.position) for notice in notices] == [("gpx-point-without-place", "point 1")]
    assert items[0].details["points"][0]["lat"] == "north"  # type: ignore[index]


def test_a_long_row_of_points_without_time_is_kept_in_slices_of_bounded_size() -> None:
    points = "".join(f'<trkpt lat="1.{at}" lon="2"/>' for at in range(2 * SLICE + 5))
    items, _, _ = read(HEAD + points + TAIL)
    assert [len(item.details["points"]) for item in items] == [SLICE, SLICE, 5]  # type: ignore[index]
    assert len({item.key for item in items}) == 3


@pytest.mark.parametrize(("begin", "end"), [("<trkseg>", "</trkseg>"), ("", "")])
def test_points_that_stand_in_no_track_are_a_track_of_their_own(begin: str, end: str) -> None:
    point = '<trkpt lat="1" lon="2"><time>2020-01-01T00:00:0{}Z</time></trkpt>'
    track = f"<trk><trkseg>{point.format(9)}</trkseg></trk>"
    items, rows, notices = read(f"<gpx>{begin}{point.format(1) * 3}{end}{track}</gpx>")
    assert not notices
    assert [row["track"] for row in rows] == ["1", "1", "1", "2"]
    assert [item.details["pointCount"] for item in items] == [3, 1]  # type: ignore[index]


def test_segments_are_numbered_and_the_numbers_are_no_part_of_the_sample() -> None:
    point = '<trkpt lat="1" lon="2"><time>2020-01-01T00:00:0{}Z</time></trkpt>'
    records = list(read_gpx([f"{HEAD}{point.format(1)}</trkseg><trkseg>{point.format(2)}{TAIL}".encode()]))
    (samples,) = [record for record in records if isinstance(record, Samples)]
    assert list(samples.columns["segment"].texts()) == ["1", "2"]
    assert samples.incidental == {"track", "segment"}


def test_a_damaged_end_gives_the_points_before_it_and_says_where() -> None:
    point = '<trkpt lat="1" lon="{}"><time>2020-01-01T00:00:00Z</time></trkpt>'
    text = HEAD + point.format(2) + point.format(3) + '<trkpt lat="1" lon="4"><ele>5</ele><ti'
    items, rows, notices = read(text)
    assert [row["lon"] for row in rows] == ["2", "3"]
    (item,) = items
    assert item.details["points"] == [{"segment": 1, "n": 3, "lat": "1", "lon": "4", "ele": "5"}]  # type: ignore[index]
    (notice,) = notices
    assert (notice.reason, notice.what) == ("xml-broken", "trkpt")
    assert len(text) - 3 <= int(notice.position.removeprefix("byte ")) <= len(text)


def test_a_time_that_is_none_is_told_and_kept_as_it_is_written() -> None:
    point = '<trkpt lat="1" lon="2"><time>{}</time></trkpt>'
    place = '<wpt lat="1" lon="2"><time>hier</time></wpt>'
    text = HEAD + point.format("2024-02-30T10:00:00Z") + point.format("1901-12-13T20:45:52Z") + point.format("") + TAIL
    items, rows, notices = read(text.replace("<trk>", place + "<trk>"))
    assert not rows
    assert [(notice.reason, notice.position, notice.what) for notice in notices] == [
        ("gpx-point-without-time", "waypoint 1", "wpt"),
        ("gpx-point-without-time", "point 1", "trkpt"),
    ]
    assert items[0].details["time"] == "hier"  # type: ignore[index]
    assert items[1].details["points"][0]["time"] == "2024-02-30T10:00:00Z"  # type: ignore[index]


def test_the_same_fault_a_thousand_times_is_told_twenty_times_and_counted() -> None:
    points = '<trkpt lat="##" lon="2"><time>hier</time></trkpt>' * 1000
    items, _, notices = read(HEAD + points + TAIL)
    assert sum(len(item.details.get("points", ())) for item in items) == 1000  # type: ignore[union-attr]
    assert len(notices) == 2 * (FIRST + 1)
    assert [(notice.reason, notice.what) for notice in notices[-2:]] == [
        ("gpx-point-without-place-more", "1000"),
        ("gpx-point-without-time-more", "1000"),
    ]


def test_the_name_of_the_file_is_kept_beside_the_track_and_is_no_part_of_its_key() -> None:
    track = f'{HEAD}<trkpt lat="1" lon="2"><time>2020-01-01T00:00:00Z</time></trkpt>{TAIL}'.encode()
    one, two = (next(read_gpx([track], name)) for name in ("a.gpx", "b.gpx"))
    assert isinstance(one, Item)
    assert isinstance(two, Item)
    assert one.details["gpx"]["file"] == "a.gpx"  # type: ignore[index]
    assert one.key == two.key


COUNTS = {
    "Mojstrovka.gpx": (184, 0, 0),
    "garmin_example.gpx": (1, 0, 0),
    "gpx_track_single_segment.gpx": (10, 0, 0),
    "gpx_with_garmin_extension.gpx": (0, 0, 1),
    "gpx1.0_with_all_fields.gpx": (1, 5, 2),
    "gpx1.1_with_all_fields.gpx": (1, 5, 2),
    "track_with_speed.gpx": (3, 0, 0),
    "unicode.gpx": (0, 0, 6),
}
"""Of each sample: points of tracks, points of routes, places that were marked."""


@pytest.mark.parametrize("file", COUNTS)
def test_the_counts_of_the_samples(tmp_path: Path, file: str) -> None:
    found = renamed(tmp_path, file)
    places = [item for item in found.items if item.details.get("element") == "wpt"]  # type: ignore[union-attr]
    points = len(rows_of(found)) + len(kept_points(found, "trk"))
    assert (points, len(kept_points(found, "rte")), len(places)) == COUNTS[file]


def test_an_invented_file_gives_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "outing", FIXTURES / "outing.golden.jsonl", regenerate=regenerate)


def test_a_child_that_is_named_like_the_text_of_its_parent_keeps_both() -> None:
    element = Element("extensions", {}, [Element("text", {}, [], "dedans")], "dehors")
    assert tree(element) == {"text": "dehors", "text()": ["dedans"]}
