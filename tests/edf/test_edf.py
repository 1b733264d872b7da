"""EDF's page of consumption: half hours newest first, and the tables beside them."""

from __future__ import annotations

import itertools
import shutil
from datetime import UTC, datetime
from pathlib import Path

from tests.enedis.slots import slots
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "edf"
HALF_HOURS = "mes-puissances-atteintes-30min-000000000042-00000.csv"
TITLES = (
    "\nRécapitulatif de mes puissances atteintes en W\n\n"
    "Date et heure de relève par le distributeur;Puissance atteinte (W);Nature de la donnée\n\n"
)


def half_hours(tmp_path: Path, rows: str) -> Run:
    path = tmp_path / "sans nom.csv"
    path.write_bytes((TITLES + rows).encode("cp1252"))
    return run(path)


def test_the_invented_downloads_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "suivi", FIXTURES / "suivi.golden.jsonl", regenerate=regenerate)


def test_the_two_real_days_are_96_slots_of_52110_and_51454_watt_hours() -> None:
    found = run(sample("edf/mes-puissances-atteintes-30min-000000000000-00000.csv"))
    power = slots(found, "electricity-power")
    assert [sum(int(slot.value or 0) for slot in day) / 2 for day in (power[:48], power[48:])] == [52_110, 51_454]
    assert power[0].end == datetime(2026, 1, 30, 23, tzinfo=UTC)
    assert power[-1].start == datetime(2026, 1, 28, 23, tzinfo=UTC)
    assert {slot.minutes for slot in power} == {30}
    assert not found.notices


def test_midnight_that_opens_a_day_is_its_end(tmp_path: Path) -> None:
    (slot,) = slots(half_hours(tmp_path, "15/01/2026;;\n00:00:00;100;Réelle\n"), "electricity-power")
    assert slot.end == datetime(2026, 1, 15, 23, tzinfo=UTC)


def test_rows_beside_the_half_hours_are_no_slots_and_are_kept(tmp_path: Path) -> None:
    found = half_hours(tmp_path, "15/01/2026;;\n22:00:00;100;Réelle\n21:56:04;900;Réelle\n21:30:00;110;Réelle\n")
    assert [slot.value for slot in slots(found, "electricity-power")] == ["100", "110"]
    (beside,) = slots(found, "electricity-power-beside")
    assert (beside.start, beside.value) == (datetime(2026, 1, 15, 20, 56, 4, tzinfo=UTC), "900")


def test_a_day_of_october_has_50_slots_without_a_hole_or_an_overlap(tmp_path: Path) -> None:
    clocks = [f"{hour:02}:{minute}:00" for hour in range(24) for minute in ("00", "30")][1:]
    clocks[clocks.index("03:00:00") : clocks.index("03:00:00")] = ["02:00:00", "02:30:00"]
    rows = "".join(f"{clock};{place};Réelle\n" for place, clock in enumerate(["00:00:00", *reversed(clocks)]))
    found = half_hours(tmp_path, f"26/10/2025;;\n{rows}")
    power = slots(found, "electricity-power")
    assert len(power) == 50
    assert all(later.start == earlier.end for later, earlier in itertools.pairwise(power))
    assert not found.notices


def test_a_day_of_march_has_46_slots(tmp_path: Path) -> None:
    clocks = [f"{hour:02}:{minute}:00" for hour in range(24) for minute in ("00", "30") if hour != 2][1:]
    rows = "".join(f"{clock};1;Réelle\n" for clock in ["00:00:00", *reversed(clocks)])
    power = slots(half_hours(tmp_path, f"30/03/2025;;\n{rows}"), "electricity-power")
    assert len(power) == 46
    assert all(later.start == earlier.end for later, earlier in itertools.pairwise(power))


def test_of_two_rows_for_one_slot_the_first_counts_and_the_other_is_kept_and_said(tmp_path: Path) -> None:
    found = half_hours(tmp_path, "15/01/2026;;\n22:00:00;100;Réelle\n22:00:00;101;Réelle\n")
    assert [slot.value for slot in slots(found, "electricity-power")] == ["100"]
    assert [slot.value for slot in slots(found, "electricity-power-beside")] == ["101"]
    assert [(n.reason, n.position) for _, n in found.notices] == [("edf-slot-twice", "line 8")]


def test_the_titles_tell_gas_from_electricity_and_the_unit() -> None:
    found = run(FIXTURES / "suivi")
    assert [slot.value for slot in slots(found, "electricity-energy")] == ["12345"]
    assert [slot.value for slot in slots(found, "gas-volume-monthly")] == ["101.5"]
    units = {samples.series: samples.unit for samples in found.samples}
    assert (units["electricity-counter"], units["electricity-peak-power"]) == ("kWh", "kVA")
    assert {s.subject for s in found.samples if s.series == "electricity-counter"} == {
        "000000000042 HC (kWh)",
        "000000000042 HP (kWh)",
    }


def test_a_cut_or_damaged_row_is_said_with_its_line_and_nothing_else_is_lost(tmp_path: Path) -> None:
    found = half_hours(tmp_path, "31/02/2026;;\n15/01/2026;;\n22:00:00;x;Réelle\n21:30:00;110;Réelle\n21:0")
    assert [slot.value for slot in slots(found, "electricity-power")] == ["110"]
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", f"line {line}") for line in (6, 8, 10)]


def test_no_cell_of_the_downloads_is_lost() -> None:
    said = "\n".join(run(FIXTURES / "suivi").lines())
    for text in ("Corrigé", "Mesuré", "Estimée", "999", "431", "Ma consommation mensuelle de gaz", "4.2", "2000"):
        assert text in said, text


def test_another_folder_gives_identical_records(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "suivi", tmp_path / "Autre dossier" / "EDF")
    moved, first = run(tmp_path / "Autre dossier"), run(FIXTURES / "suivi")
    assert [line for line in moved.lines() if '"notice"' not in line] == [
        line for line in first.lines() if '"notice"' not in line
    ]
