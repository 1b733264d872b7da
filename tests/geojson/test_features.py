"""GeoJSON of several tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "geojson"
WALK = FIXTURES / "walk.geojson"


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(WALK, FIXTURES / "walk.golden.jsonl", regenerate=regenerate)


def test_points_with_a_time_are_positions_and_the_rest_are_items() -> None:
    found = run(WALK)
    assert found.series() == {"position": 4}
    assert found.kinds == {"bookmark": 3, "trip": 1, "other": 1}
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("table-date", "record 5"),
        ("geojson-place", "record 5"),
    ]


def test_every_property_is_kept() -> None:
    kept = "\n".join(run(WALK).lines())
    for text in (
        "2024-05-04T08:00:00.250+02:00",
        "1714802400250",
        "101.5",
        '[\\"a\\"]',
        "Eau claire",
        "sans lieu",
        "CRS84",
    ):
        assert text in kept


def test_the_samples_give_all_their_fixes_under_a_meaningless_name(tmp_path: Path) -> None:
    for path, count in (("standards/geojson/export.json", 10), ("standards/geojson/gpslogger_example.json", 1)):
        copy = tmp_path / "x.dat"
        copy.write_bytes(sample(path).read_bytes())
        found = run(copy)
        assert found.readers == {"x.dat": "geojson.collection"}
        assert (found.series(), found.kinds, found.notices) == ({"position": count}, {}, [])


def test_coordinates_that_are_texts_and_times_with_a_zone_are_read() -> None:
    (samples,) = run(sample("standards/geojson/export.json")).samples
    assert (next(samples.columns["lat"].texts()), int(samples.start[0])) == ("0.1", 1_609_459_201_000_000)
    (zoned,) = run(sample("standards/geojson/gpslogger_example.json")).samples
    assert zoned.offset is not None
    assert (int(zoned.start[0]), list(zoned.offset.texts())) == (1_730_626_211_331_000, ["420"])


@pytest.mark.parametrize(
    "value",
    [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [2, 47]}, "properties": {"name": "Puits"}},
        {"type": "Point", "coordinates": [2, 47]},
    ],
)
def test_a_single_feature_or_bare_shape_is_a_place(value: object, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    (item,) = run(path).items
    assert isinstance(item, Item)
    assert (item.kind, item.lat, item.lon) == (Kind.BOOKMARK, 47.0, 2.0)


def test_a_file_that_is_cut_off_gives_the_features_before_it(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(WALK.read_bytes()[:-400])
    found = run(path)
    assert found.series()["position"] >= 2
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}
