"""KML and KMZ: places, visits, and recorded tracks."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from importers.kml.places import read_kml
from importers.records import Item, Kind, Notice, Precision, Samples
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "kml"
OUTING = FIXTURES / "outing.kml"


def titled(found: Run, title: str) -> Item:
    (item,) = [item for item in found.items if item.title == title]
    return item


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(OUTING, FIXTURES / "outing.golden.jsonl", regenerate=regenerate)


def test_places_lines_and_areas_are_stays_trips_and_bookmarks() -> None:
    found = run(OUTING)
    kinds = {item.title: item.kind for item in found.items}
    assert kinds == {
        "Le moulin": Kind.STAY,
        "A pied": Kind.TRIP,
        "Le champ": Kind.BOOKMARK,
        "Perdu": Kind.BOOKMARK,
        "Trace": Kind.TRIP,
    }
    mill = titled(found, "Le moulin")
    assert mill.when is not None
    assert (mill.when.offset, mill.when.precision) == (120, Precision.MILLISECOND)
    assert (mill.lat, mill.lon) == (47.25, 2.5)  # the file has spaces behind its commas


def test_points_of_a_track_are_positions_and_what_has_no_pair_is_told_and_kept() -> None:
    found = run(OUTING)
    assert found.series() == {"position": 3}
    (samples,) = found.samples
    assert list(samples.columns["segment"].texts()) == ["1", "1", "2"]
    track = titled(found, "Trace").details["track"]  # type: ignore[index]
    assert track["when"] == ["2024-05-04T12:00:02Z"]
    assert track["points"] == [{"n": 4, "when": "2024-05-04", "coord": "2.4 47.4 13"}]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("kml-point", "placemark 4"),
        ("kml-point", "point 4"),
        ("kml-unpaired", "point 5"),
    ]


def test_every_text_of_the_file_is_kept() -> None:
    kept = "\n".join(run(OUTING).lines())
    for text in ("1 rue du Bief", "Marche", "absolute", "nord,est", "LineStyle", "Visites", "1,45 1,46 2,46 1,45"):
        assert text in kept


def test_the_samples_give_their_points_and_times() -> None:
    track = run(sample("standards/kml/gx_track.kml"))
    assert (track.kinds, track.series()) == ({"trip": 1}, {"position": 4})
    points = run(sample("standards/kml/points_with_timestamps.kml"))
    assert points.kinds == {"bookmark": 3}
    assert [item.when.us for item in points.items if item.when] == [
        1_705_320_000_000_000 + 3_600_000_000 * n for n in range(3)
    ]
    (visit,) = run(sample("standards/kml/timespan.kml")).items
    assert (visit.kind, visit.end, visit.lat, visit.lon) == (Kind.STAY, 1_704_906_000_000_000, 37.422, -122.0841)


def test_a_kmz_reads_like_its_kml(tmp_path: Path) -> None:
    plain = run(sample("standards/kml/points_with_timestamps.kml"))
    packed = sample("standards/kml/points_with_timestamps.kmz")
    shutil.copy(packed, tmp_path / "X.KMZ")
    for found in (run(packed), run(tmp_path / "X.KMZ")):
        assert [item.key for item in found.items] == [item.key for item in plain.items]


def test_a_kmz_with_pictures_is_kept_whole_as_well(tmp_path: Path) -> None:
    path = tmp_path / "a.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", OUTING.read_text("utf-8"))
        archive.writestr("images/a.png", b"\x89PNG")
    found = run(path)
    (kept,) = [item for item in found.items if item.files]
    assert kept.details == {"files": ["doc.kml", "images/a.png"]}
    assert len(found.items) == 6


def test_a_damaged_kmz_is_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.kmz"
    path.write_bytes(sample("standards/kml/points_with_timestamps.kmz").read_bytes()[:300])
    found = run(path)
    assert [notice.reason for _, notice in found.notices] == ["kmz-damaged"]
    assert [item.files[0].name for item in found.items] == ["a.kmz"]


def test_a_file_that_is_cut_off_gives_the_places_before_it() -> None:
    data = OUTING.read_bytes()
    records = list(read_kml([data[: data.index(b"12:00:02Z")]]))
    assert [record.title for record in records if isinstance(record, Item)][:4] == [
        "Le moulin",
        "A pied",
        "Le champ",
        "Perdu",
    ]
    assert sum(len(record.start) for record in records if isinstance(record, Samples)) == 2
    assert "xml-broken" in {record.reason for record in records if isinstance(record, Notice)}
