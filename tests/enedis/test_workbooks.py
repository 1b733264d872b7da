"""The two workbooks: as the distributor makes them, and as a spreadsheet saves them again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.enedis.slots import slots
from tests.importing import Run, run, sample

CURVE = "enedis/courbe_de_charge_20240318-20240324.xlsx"
DAYS = "enedis/energie_quotidienne_20240715-20240721.xlsx"


def daily(tmp_path: Path, rows: Sequence[Sequence[object]], sheet: str, meter: object, title: str) -> Run:
    path = tmp_path / "classeur.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Page d'accueil").write(5, 1, "Mentions")
        page = book.add_worksheet(sheet)
        page.write_row(7, 1, ["Point Référence Mesure (PRM) : ", meter, "", "Type de comptage : ", "x"])
        page.write_row(13, 1, ["Date", title])
        for number, row in enumerate(rows, 14):
            for column, cell in enumerate(row, 1):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, book.add_format({"num_format": "dd/mm/yyyy"}))
                else:
                    page.write(number, column, cell)
    return run(path)


def hourly(tmp_path: Path, rows: Sequence[Sequence[str]]) -> Run:
    path = tmp_path / "semaine.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Consommation Horaire")
        page.write_row(7, 1, ["Point Référence Mesure (PRM) : ", "00000000000031"])
        page.write_row(15, 2, ["Début", "Fin", "Valeur (en kW)"])
        for number, row in enumerate(rows, 16):
            page.write_row(number, 2, row)
    return run(path)


def test_the_real_week_gives_335_slots_in_watts() -> None:
    found = run(sample(CURVE))
    power = slots(found, "electricity-power")
    assert found.readers == {Path(CURVE).name: "enedis.workbook"}
    assert (len(power), power[0].value, power[-1].value) == (335, "984", "3716")
    assert power[0].start == datetime(2024, 3, 17, 23, tzinfo=UTC)
    assert power[-1].end == datetime(2024, 3, 24, 22, 30, tzinfo=UTC)
    assert {slot.minutes for slot in power} == {30}
    assert {slot.subject for slot in power} == {"09000000000002"}
    assert not found.notices


def test_the_real_days_are_watt_hours_although_the_title_says_kilowatts() -> None:
    found = run(sample(DAYS))
    (samples,) = found.samples
    energy = slots(found, "electricity-energy")
    assert samples.unit == "Wh"
    assert [day.value for day in energy] == ["25247", "23720", "33967", "20943", "34168", "41348", "35111"]
    assert sum(int(day.value or 0) for day in energy) == 214_504
    assert energy[0].start == datetime(2024, 7, 14, 22, tzinfo=UTC)
    assert energy[-1].end == datetime(2024, 7, 21, 22, tzinfo=UTC)
    assert next(iter(samples.columns["Valeur (en kW)"].texts())) == "25,247"


@pytest.mark.parametrize(
    "row",
    [
        ("15/07/2024", "25,247"),
        ("15/07/2024", "25.247"),
        ("15/07/2024", 25.247),
        (date(2024, 7, 15), 25.247),
        (45488, 25.247),
        (45488.0, "25,247"),
    ],
)
def test_a_workbook_that_was_saved_again_says_the_same(tmp_path: Path, row: tuple[object, object]) -> None:
    found = daily(tmp_path, [row], "Export Consommation Quotidienne", 900000000031, "Valeur (en kWh)")
    (day,) = slots(found, "electricity-energy")
    assert (day.subject, day.start, day.value) == ("00900000000031", datetime(2024, 7, 14, 22, tzinfo=UTC), "25247")


def test_the_name_of_the_sheet_decides_between_consumption_and_production(tmp_path: Path) -> None:
    found = daily(
        tmp_path, [("15/07/2024", "1,5")], "Export Production Quotidienne", "00000000000031", "Valeur (en kW)"
    )
    assert [day.value for day in slots(found, "electricity-production-energy")] == ["1500"]


def test_na_is_missing_and_a_bad_row_is_said_with_its_line(tmp_path: Path) -> None:
    rows = [("15/07/2024", "NA"), ("31/02/2024", "1,0"), ("16/07/2024", "-1"), ("17/07/2024", "2,000")]
    found = daily(tmp_path, rows, "Export Consommation Quotidienne", "00000000000031", "Valeur (en kW)")
    assert [day.value for day in slots(found, "electricity-energy")] == [None, "2000"]
    assert [n.position for _, n in found.notices] == ["line 16", "line 17"]


def test_a_destroyed_meter_number_keeps_the_data(tmp_path: Path) -> None:
    found = daily(tmp_path, [("15/07/2024", "1,0")], "Export Consommation Quotidienne", "1,42E+13", "Valeur (en kW)")
    assert [day.subject for day in slots(found, "electricity-energy")] == [""]
    assert [n.reason for _, n in found.notices] == ["energy-meter"]


def test_octobers_hour_stands_twice_in_the_workbook_and_neither_is_lost(tmp_path: Path) -> None:
    day = "30/10/2022"
    hours = [("01", "02"), ("02", "03"), ("02", "03"), ("03", "04")]
    found = hourly(tmp_path, [(f"{day} {a}:00:00", f"{day} {b}:00:00", f"0,{n}") for n, (a, b) in enumerate(hours)])
    power = slots(found, "electricity-power")
    assert [slot.value for slot in power] == ["0", "100", "200", "300"]
    assert [slot.minutes for slot in power] == [60] * 4
    assert all(before.end == after.start for before, after in itertools.pairwise(power))


def test_marchs_slot_over_the_missing_hour_is_half_an_hour(tmp_path: Path) -> None:
    day = "26/03/2023"
    bounds = [("01:30", "03:00"), ("03:00", "03:30")]
    found = hourly(tmp_path, [(f"{day} {a}:00", f"{day} {b}:00", "1,0") for a, b in bounds])
    assert [slot.minutes for slot in slots(found, "electricity-power")] == [30, 30]


def test_csv_and_workbook_of_one_meter_share_a_series_and_its_slots(tmp_path: Path) -> None:
    csv = tmp_path / "heure.csv"
    csv.write_text(
        "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite\n"
        "00000000000031;Courbe de charge;18/03/2024;19/03/2024;Energie active;Consommation;Comptage Brut;W\n"
        "Horodate;Valeur\n2024-03-18T00:30:00+01:00;984\n2024-03-18T01:00:00+01:00;1386\n",
        encoding="utf-8",
    )
    day = "18/03/2024"
    book = hourly(
        tmp_path, [(f"{day} 00:00:00", f"{day} 00:30:00", "0,984"), (f"{day} 00:30:00", f"{day} 01:00:00", "1,386")]
    )
    text = run(csv)
    assert slots(text, "electricity-power") == slots(book, "electricity-power")
    assert {s.exclusive for s in (*text.samples, *book.samples)} == {True}
    assert {s.unit for s in (*text.samples, *book.samples)} == {"W"}


def test_the_exact_thousandfold_is_kept(tmp_path: Path) -> None:
    rows = [("15/07/2024", "0,0001"), ("16/07/2024", "12345,6")]
    found = daily(tmp_path, rows, "Export Consommation Quotidienne", "00000000000031", "Valeur (en kWh)")
    values = [Decimal(day.value or "") for day in slots(found, "electricity-energy")]
    assert values == [Decimal("0.1"), Decimal(12_345_600)]
