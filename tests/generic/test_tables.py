"""Tables of no known service: read by their columns, nothing lost, and left to whoever knows them better."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from importers.generic.mapping import Doubt
from importers.records import Kind, Precision
from tests.importing import Run, check_golden, run, sample
from vault_app.words import sentences

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "generic"


def read(folder: Path, name: str, text: str | bytes) -> Run:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return run(file)


@pytest.mark.parametrize("name", ["releve-compte.csv", "carnet.json", "capteur.csv"])
def test_fixtures_give_their_golden_records(name: str, *, regenerate: bool) -> None:
    file = FIXTURES / name
    check_golden(file, file.with_suffix(".golden.jsonl"), regenerate=regenerate)


def test_every_cell_of_a_table_is_in_the_details_of_its_row() -> None:
    result = run(FIXTURES / "releve-compte.csv")
    kept = "\n".join(result.lines())
    for line in (FIXTURES / "releve-compte.csv").read_text(encoding="utf-8").splitlines():
        for cell in line.split(";"):
            assert json.dumps(cell.replace('"', ""), ensure_ascii=False)[1:-1] in kept.replace('\\"', "")


def test_equal_rows_are_two_facts_and_a_second_reading_gives_the_same_keys() -> None:
    keys = [[item.key for item in run(FIXTURES / "releve-compte.csv").items] for _ in range(2)]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(keys[0]) == 6


def test_rows_keep_their_identity_in_an_overlapping_file_with_other_column_order(tmp_path: Path) -> None:
    one = read(tmp_path, "a.csv", "date,title\n2024-01-01,x\n2024-01-02,y\n")
    other = read(tmp_path, "b.csv", "title,date\ny,2024-01-02\nz,2024-01-03\n")
    assert {item.key for item in one.items} & {item.key for item in other.items} == {one.items[1].key}


def test_a_table_without_dates_is_kept_whole_and_says_so(tmp_path: Path) -> None:
    text = "nom,ville\nAda,Lyon\nBob,Brest\n"
    result = read(tmp_path, "villes.csv", text)
    assert [(item.kind, item.title, item.when) for item in result.items] == [(Kind.DOCUMENT, "villes.csv", None)]
    assert result.files == {"villes.csv": text.encode()}
    assert [notice.reason for _, notice in result.notices] == ["table-kept-whole"]


def test_a_date_that_is_none_is_said_and_the_row_is_kept_without_one(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-{day:02},jour {day}\n" for day in range(1, 20))
    result = read(tmp_path, "x.csv", f"date,title\n{rows}jamais,dernier\n")
    assert len(result.items) == 20
    assert result.items[-1].when is None
    assert [(notice.reason, notice.position) for _, notice in result.notices] == [("row-date", "line 21")]


def test_thousands_of_odd_dates_are_counted_and_not_all_named(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-01,bon {row}\njamais,mauvais {row}\n" for row in range(400))
    result = read(tmp_path, "x.csv", f"date,title\n{rows}")
    assert len(result.items) == 800
    assert [notice.what for _, notice in result.notices if notice.reason == "row-more"] == ["400"]
    assert len(result.notices) == 201


def test_every_sentence_of_tables_is_in_both_languages() -> None:
    for group, names in {
        "notices": ("table-kept-whole", "row-date", "row-place", "row-number", "row-more", "recipe-column-missing"),
        "doubts": (*Doubt, "kept-whole", "kept-not-read"),
    }.items():
        for name in names:
            assert set(sentences(group)[name]) == {"fr", "en"}, name


def test_numbers_of_json_that_no_float_holds_are_kept_to_the_letter(tmp_path: Path) -> None:
    row = '{"date": "2024-01-01", "nom": "a", "n": 1e400, "m": 123456789012345678901234567890}'
    (item,) = read(tmp_path, "x.json", f"[{row}]").items
    assert item.details == row.encode()


def test_half_a_character_costs_only_itself(tmp_path: Path) -> None:
    result = read(
        tmp_path, "x.jsonl", '{"date": "2024-01-01", "nom": "a\\ud800"}\n{"date": "2024-01-02", "nom": "b"}\n'
    )
    assert [item.title[0] for item in result.items] == ["a", "b"]


def test_a_json_file_of_another_shape_is_kept_whole(tmp_path: Path) -> None:
    for text in ("[" * 50_000, '{"a": {"b": 1}}', '["a", "b"]', "[{"):
        (item,) = read(tmp_path, "x.json", text).items
        assert (item.kind, item.files[0].size) == (Kind.DOCUMENT, len(text))


def test_a_headerless_table_has_numbered_columns_and_loses_no_row(tmp_path: Path) -> None:
    result = read(tmp_path, "x.csv", "2024-01-01,un\n2024-01-02,deux\n")
    assert [(item.title, item.details) for item in result.items] == [
        ("un", {"column 1": "2024-01-01", "column 2": "un"}),
        ("deux", {"column 1": "2024-01-02", "column 2": "deux"}),
    ]


def test_a_place_that_is_none_is_said_and_kept_as_a_fact(tmp_path: Path) -> None:
    result = read(tmp_path, "x.csv", "time,lat,lon\n2024-01-01T00:00:00Z,1.5,2.5\n2024-01-01T00:01:00Z,95,2\n")
    assert result.series() == {"position": 1}
    assert [item.details for item in result.items] == [{"time": "2024-01-01T00:01:00Z", "lat": "95", "lon": "2"}]
    assert [notice.reason for _, notice in result.notices] == ["row-place"]


@pytest.mark.parametrize(
    ("one", "two"),
    [("48.85,2.35", "48.86,2.36"), ("48.85N,2.35E", "48.86N,2.36E"), ("488500000,23500000", "488600000,23600000")],
)
def test_one_row_of_a_short_table_without_a_place_leaves_the_other_places(one: str, two: str, tmp_path: Path) -> None:
    head = "time,latitude,longitude"
    rows = f"2024-03-01T10:00:00Z,{one}\n2024-03-01T10:05:00Z,##.##,##.##\n2024-03-01T10:10:00Z,{two}"
    result = read(tmp_path, "trace.csv", f"{head}\n{rows}\n")
    assert [float(text) for text in result.samples[0].columns["lat"].texts()] == [48.85, 48.86]
    assert [float(text) for text in result.samples[0].columns["lon"].texts()] == [2.35, 2.36]
    assert [dict(item.details)["latitude"] for item in result.items] == ["##.##"]
    assert [notice.position for _, notice in result.notices] == ["line 3"]


def test_several_columns_of_numbers_over_time_are_several_series(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-01T{hour:02}:00:00Z,{hour}.5,{40 + hour}\n" for hour in range(24))
    result = read(tmp_path, "x.csv", f"timestamp,Temperature (°C),humidity [%]\n{rows}")
    assert [(one.series, one.unit, len(one.start)) for one in result.samples] == [
        ("temperature", "°C", 24),
        ("humidity", "%", 24),
    ]


def test_a_column_that_names_measures_parts_the_series(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-01 {hour:02}:00,{kind},{hour},{unit}\n" for hour in range(24) for kind, unit in (("Pouls", "count/min"), ("Poids", "kg")))  # fmt: skip
    result = read(tmp_path, "x.csv", f"date,type,valeur,unité\n{rows}")
    assert {(one.series, one.unit, len(one.start)) for one in result.samples} == {("pouls", "count/min", 24), ("poids", "kg", 24)}  # fmt: skip


def test_json_lines_are_read_and_a_broken_line_is_said(tmp_path: Path) -> None:
    result = read(tmp_path, "x.jsonl", '{"ts": 1718444200, "msg": "a"}\n{"ts": 1718444300, "msg": "b"}\n{cassé\n')
    assert [item.text for item in result.items] == ["a", "b"]
    assert [(notice.reason, notice.position) for _, notice in result.notices] == [("json-broken", "line 3")]


def test_the_sheets_of_a_workbook_are_read_each_by_its_own_columns(tmp_path: Path) -> None:
    from datetime import date

    file = tmp_path / "dépenses.xlsx"
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        first, second = book.add_worksheet("2024"), book.add_worksheet("Notes")
        first.write_row(0, 0, ["Date", "Montant", "Magasin"])
        first.write_datetime(1, 0, date(2024, 3, 12), day)  # type: ignore[arg-type]
        first.write_row(1, 1, [12.5, "Épicerie"])
        second.write_row(0, 0, ["Sujet", "Remarque"])
        second.write_row(1, 0, ["idée", "à voir"])
    result = run(file)
    bought, note = result.items
    assert (bought.kind, bought.amount, bought.parties[0].name) == (Kind.TRANSACTION, "12.5", "Épicerie")
    assert bought.when is not None
    assert (bought.when.us, bought.when.precision) == (1_710_201_600_000_000, Precision.DAY)
    assert (note.when, note.details) == (None, {"Sujet": "idée", "Remarque": "à voir"})


def test_unknown_tables_in_an_archive_of_no_service_are_read(tmp_path: Path) -> None:
    file = tmp_path / "inconnu.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/one.csv", "date,title\n2024-01-01,x\n")
        archive.writestr("a/photo.bin", bytes(range(256)))
    result = run(file)
    assert result.outcomes == {"read": 1, "unknown": 1}


def test_in_an_archive_of_a_known_service_unknown_tables_stay_unknown(tmp_path: Path) -> None:
    file = tmp_path / "connu.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x/autre.csv", "date,title\n2024-01-01,x\n")
        archive.writestr("x/NetflixViewingHistory.csv", 'Title,Date\n"Un film","31/01/2024"\n')
    result = run(file)
    assert result.readers["x/autre.csv"] == ""
    assert result.outcomes == {"read": 1, "unknown": 1}


def test_a_table_that_a_service_knows_is_read_by_its_importer(tmp_path: Path) -> None:
    result = read(tmp_path, "x.csv", '"Title","Date"\n"Un film","31/01/2024"\n')
    assert set(result.readers.values()) == {"netflix.viewing_history"}


POSITIONS: dict[str, list[list[str]]] = {
    "gpslogger.csv": [["52.5200", "13.4050"], ["52.5210", "13.4060"], ["52.5220", "13.4070"]],
    "semicolon_eu.csv": [["52.5200", "13.4050"], ["52.5210", "13.4060"], ["52.5220", "13.4070"]],
    "unix_timestamps.csv": [["52.5200", "13.4050"], ["52.5210", "13.4060"], ["52.5220", "13.4070"]],
    "e7_integers.csv": [["52.5200000", "13.4050000"], ["52.5210000", "13.4060000"], ["52.5220000", "13.4070000"]],
    "nsew_suffixes.csv": [["52.520000", "13.405000"], ["52.521000", "13.406000"], ["52.522000", "13.407000"]],
}


@pytest.mark.parametrize("name", POSITIONS)
def test_real_position_tables_give_their_fixes(name: str) -> None:
    (fixes,) = run(sample(f"generic-location-csv/{name}")).samples
    columns: dict[str, Any] = dict(fixes.columns)
    places = [list(pair) for pair in zip(columns["lat"].texts(), columns["lon"].texts(), strict=True)]
    assert (fixes.series, fixes.unit, places) == ("position", "deg", POSITIONS[name])
    assert len(set(fixes.start.tolist())) == 3


def test_real_stays_with_an_end_are_facts_with_a_place() -> None:
    first, second = run(sample("generic-location-csv/quoted_headers.csv")).items
    assert (first.lat, first.lon, first.when is not None and first.when.offset) == (32.8954383, -117.1930364, -480)
    assert second.end is not None
    assert second.when is not None
    assert second.end - second.when.us == (11 * 3600 + 12 * 60 + 22) * 1_000_000
