"""Gas of a meter: the workbooks of three lengths, and the JSON of the same distributor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.enedis.slots import slots
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "grdf"
HEADER = (
    "Date de relevé",
    "Index de début de période (m3)",
    "Index de fin de période (m3)",
    "Volume consommé (m3)",
    "Energie consommée (kWh)",
    "Coefficient de conversion",
    "Température locale (°C)",
    "Qualification du relevé",
)


def book(tmp_path: Path, rows: Sequence[Sequence[object]], pce: object = "00000000000042", sheet: str = "") -> Run:
    path = tmp_path / "sans nom.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet(sheet or "Historique par mois")
        page.write_row(0, 1, ["Données informatives et détaillées", "", "", "Export du 02/04/2023"])
        page.write_row(2, 2, ["Adresse du logement : ", "1 rue Inventée"])
        page.write_row(3, 2, ["N° PCE :", pce])
        page.write_row(8, 1, HEADER)
        for number, row in enumerate(rows, 9):
            page.write_row(number, 1, row)
    return run(path)


def test_the_invented_readings_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "readings", FIXTURES / "readings.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize(
    ("name", "ending", "rows", "absent"),
    [("DAILY", "", 363, 3), ("WEEKLY", "-weekly", 53, 0), ("MONTHLY", "-monthly", 13, 0)],
)
def test_the_real_workbooks_of_one_meter_sum_to_one_energy(name: str, ending: str, rows: int, absent: int) -> None:
    found = run(sample(f"grdf/Donnees_informatives_PCE_{name}.xlsx"))
    energy = slots(found, f"gas-energy{ending}")
    assert sum(int(slot.value) for slot in energy if slot.value) == 23_181
    assert (len(energy), sum(slot.value is None for slot in energy)) == (rows, absent)
    assert found.series().keys() == {f"gas-energy{ending}", f"gas-volume{ending}"}
    assert not found.notices


def test_the_real_readings_are_45_gas_days_of_4991_kwh() -> None:
    found = run(sample("grdf/donnees_informatives_extrait.json"))
    energy = slots(found, "gas-energy")
    assert (len(energy), sum(int(slot.value or 0) for slot in energy)) == (45, 4991)
    assert energy[0].start == datetime(2019, 11, 30, 5, tzinfo=UTC)
    assert energy[-1].end == datetime(2020, 1, 14, 5, tzinfo=UTC)
    assert not found.notices


def test_a_gas_day_begins_at_six_local_though_the_stamps_say_utc() -> None:
    energy = slots(run(FIXTURES / "readings"), "gas-energy")
    assert [slot.start for slot in energy] == [
        datetime(2023, 3, 25, 5, tzinfo=UTC),
        datetime(2023, 3, 26, 4, tzinfo=UTC),
    ]
    assert [slot.minutes for slot in energy] == [23 * 60, 24 * 60]


def test_billed_periods_stand_apart_from_days_and_an_absent_day_is_not_zero() -> None:
    found = run(FIXTURES / "readings")
    assert [slot.value for slot in slots(found, "gas-energy")] == ["34", None]
    assert [slot.value for slot in slots(found, "gas-energy-billed")] == ["1200"]
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "record 3")]


def test_workbook_and_readings_of_one_day_share_a_series_and_its_slot(tmp_path: Path) -> None:
    found = book(tmp_path, [("25/03/2023", 100, 103, "3,1", 34, 11.2, 9, "Mesuré")])
    (slot,) = slots(found, "gas-energy")
    assert slot == slots(run(FIXTURES / "readings"), "gas-energy")[0]
    assert found.readers == {"sans nom.xlsx": "grdf.workbook"}


def test_no_cell_of_the_workbook_is_lost(tmp_path: Path) -> None:
    found = book(tmp_path, [("25/03/2023", 100, 103.5, 3.1, 34, 11.42781, 9, "Corrigé")], pce=900000000042)
    said = "\n".join(found.lines())
    for text in ("100", "103.5", "3.1", "34", "11.42781", '"9"', "Corrigé", "1 rue Inventée", "02/04/2023"):
        assert text in said, text
    assert {samples.subject for samples in found.samples} == {"00900000000042"}


def test_the_length_of_a_period_is_told_by_its_first_cell(tmp_path: Path) -> None:
    rows = [("Du 20/03/2023 au 26/03/2023", "", "", 20, 224), ("Décembre 2022 ", "", "", 90, 1000)]
    found = book(tmp_path, rows)
    (week,), (month,) = slots(found, "gas-energy-weekly"), slots(found, "gas-energy-monthly")
    assert (week.start, week.end) == (datetime(2023, 3, 20, 5, tzinfo=UTC), datetime(2023, 3, 27, 4, tzinfo=UTC))
    assert (month.start, month.end) == (datetime(2022, 12, 1, 5, tzinfo=UTC), datetime(2023, 1, 1, 5, tzinfo=UTC))


def test_odd_rows_and_an_odd_meter_are_said_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [("31/02/2023", 1, 2, 1, 11), ("01/03/2023", 1, 2, -1, 11), ("02/03/2023", 1, 2, 1, 11)]
    found = book(tmp_path, rows, pce="1,42E+13")
    assert [slot.value for slot in slots(found, "gas-energy")] == ["11"]
    assert [(n.reason, n.position) for _, n in found.notices] == [
        ("energy-meter", ""),
        ("energy-row", "line 10"),
        ("energy-row", "line 11"),
    ]


def test_a_cut_file_gives_its_readings_up_to_the_cut_and_says_so(tmp_path: Path) -> None:
    whole = (FIXTURES / "readings" / "donnees.json").read_bytes()
    path = tmp_path / "coupe.json"
    path.write_bytes(whole[:-200])
    found = run(path)
    assert {samples.subject for samples in found.samples} == {"00000000000042"}
    assert slots(found, "gas-energy") == slots(run(FIXTURES / "readings"), "gas-energy")
    assert [n.reason for _, n in found.notices] == ["energy-row", "json-cut-off"]
