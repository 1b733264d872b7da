"""The bulk export: doubled columns, two languages, forty small tables, and a track that was packed once more."""

from __future__ import annotations

import csv
import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "strava"
EXPORT = FIXTURES / "export"
REAL = "strava/export-2024-en-excerpt"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


@pytest.mark.parametrize("name", ["export", "french"])
def test_the_invented_export_reads_as_its_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_the_real_export_gives_37_activities_and_every_row_of_the_other_tables() -> None:
    found = run(sample(REAL))
    assert found.outcomes == {"read": 39, "kept": 1}
    assert found.kinds == {
        "workout": 37,
        "other": 16,
        "reaction": 5,
        "setting": 6,
        "device": 3,
        "ad": 3,
        "consent": 2,
        "bookmark": 2,
        "sign-in": 2,
        "post": 1,
        "event": 1,
        "document": 1,
    }
    assert len(found.parties) == 1
    assert not found.notices


def test_a_real_activity_begins_in_utc_and_keeps_both_columns_of_one_name() -> None:
    walk = next(item for item in of(run(sample(REAL)), "activity") if item.key[1] == "8266525192")
    assert walk.when is not None
    assert walk.when.us == us(2022, 12, 19, 12, 24, 7)
    assert walk.end == us(2022, 12, 19, 12, 48, 18)
    assert isinstance(walk.details, dict)
    assert (walk.details["Distance"], walk.details["Distance (2)"]) == ("1.69", "1698.549072265625")


def test_a_description_over_several_lines_with_quotes_is_one_activity() -> None:
    amrap = next(item for item in of(run(sample(REAL)), "activity") if item.key[1] == "12449488474")
    assert amrap.text.splitlines() == [
        'AMRAP 22"',
        "100 SINGLE UNDER",
        "25 ABMAT SIT UP",
        "5 WALL JUMP OVER",
        "SCORE: 930 REPS",
    ]


def test_the_real_french_header_is_read_and_its_dates_that_are_none_are_said() -> None:
    found = run(sample("strava/activities-fr-header-transcribed"))
    assert found.kinds == {"workout": 2}
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("table-date", "line 2"),
        ("table-date", "line 3"),
    ]


def test_the_same_activities_in_french_have_the_same_keys_and_times() -> None:
    english, french = of(run(EXPORT), "activity"), of(run(FIXTURES / "french"), "activity")
    assert [(a.key, a.when, a.end, a.title) for a in english] == [(a.key, a.when, a.end, a.title) for a in french]


def test_a_language_that_is_not_known_is_read_by_the_places_of_its_columns(tmp_path: Path) -> None:
    shutil.copytree(EXPORT, tmp_path, dirs_exist_ok=True)
    table = (EXPORT / "activities.csv").read_text("utf-8").split("\n", 1)
    titles = ",".join(f"Spalte {number}" for number in range(table[0].count(",") + 1))
    (tmp_path / "activities.csv").write_text(f"{titles}\n{table[1]}", "utf-8")
    found = of(run(tmp_path), "activity")
    assert [(item.key, item.title) for item in found[:2]] == [
        (("activity", "901"), "Footing du parc"),
        (("activity", "902"), "Bassin"),
    ]
    assert found[0].when is not None


def test_a_profile_with_titles_of_another_language_is_the_same_person(tmp_path: Path) -> None:
    shutil.copytree(EXPORT, tmp_path, dirs_exist_ok=True)
    titles, row = (EXPORT / "profile.csv").read_text("utf-8").split("\n", 1)
    translated = ",".join(f"Feld {number}" for number in range(titles.count(",") + 1))
    (tmp_path / "profile.csv").write_text(f"{translated}\n{row}", "utf-8")
    (known,), (found,) = run(EXPORT).parties, run(tmp_path).parties
    assert (found.key, found.name, found.handles) == (known.key, known.name, known.handles)


def test_every_cell_of_the_activities_stands_in_the_records() -> None:
    with (EXPORT / "activities.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    for row, item in zip(rows, of(run(EXPORT), "activity"), strict=True):
        assert isinstance(item.details, dict)
        held = [item.title, item.text, *item.details.values()]
        assert all(cell in held for cell in (row[0], *row[2:]) if cell)


def test_sign_ins_that_are_alike_are_two() -> None:
    assert len({item.key for item in of(run(sample(REAL)), "logins")}) == 2


def test_the_address_book_is_kept_and_nobody_of_it_becomes_a_party() -> None:
    found = run(EXPORT)
    assert found.ended["contacts.csv"].outcome == "kept"
    assert [party.name for party in found.parties] == ["Léa Morin"]


def test_renamed_tables_are_recognised_by_their_titles(tmp_path: Path) -> None:
    for number, name in enumerate(("activities", "logins", "metering", "profile")):
        shutil.copy(EXPORT / f"{name}.csv", tmp_path / f"{number:04}.dat")
    found = run(tmp_path)
    assert set(found.readers.values()) == {"strava.activities", "strava.other_tables", "strava.profile"}
    assert {item.key for item in found.items} < {item.key for item in run(EXPORT).items}


def test_a_track_that_is_packed_with_gzip_is_read(tmp_path: Path) -> None:
    shutil.copytree(EXPORT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "activities").mkdir()
    track = (
        '<gpx version="1.1"><trk><name>Tour</name><type>running</type><trkseg>'
        '<trkpt lat="45.9" lon="6.1"><time>2024-03-03T07:15:00Z</time></trkpt></trkseg></trk></gpx>'
    )
    (tmp_path / "activities" / "4001.gpx.gz").write_bytes(gzip.compress(track.encode()))
    found = run(tmp_path)
    assert found.series() == {"position": 1}


def test_a_cut_table_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    data = (EXPORT / "activities.csv").read_bytes()
    (tmp_path / "activities.csv").write_bytes(data[: data.index(b"Bassin") + 3])
    found = run(tmp_path)
    assert [item.key for item in found.items] == [("activity", "901"), ("activity", "902")]
    assert "table-cut" in {notice.reason for _, notice in found.notices}
    assert all(item.kind is Kind.WORKOUT for item in found.items)
