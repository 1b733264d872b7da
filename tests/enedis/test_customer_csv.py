"""The customer area's CSV: load curve, index and peak, alone or chained, whole or damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.enedis.slots import slots
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "enedis"
INDEX = "enedis/Enedis_Conso_Jour_20210123-20240108_09000000000001.csv"
CURVE = "enedis/Enedis_Conso_Heure_20220118-20240108_09000000000001.csv"
ABOUT = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;"
    "Pas en minutes\n00000000000017;Courbe de charge;01/03/2024;06/03/2024;Energie active;Consommation;Comptage Brut;W;\n"
)


def curve(tmp_path: Path, rows: str, about: str = ABOUT, encoding: str = "utf-8") -> Run:
    path = tmp_path / "Enedis_Conso_Heure.csv"
    path.write_bytes((about + "Horodate;Valeur\n" + rows).encode(encoding))
    return run(path)


def test_the_chained_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "customer", FIXTURES / "customer.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome_and_every_trouble_its_line() -> None:
    found = run(FIXTURES / "customer")
    assert found.outcomes == {"read": 1}
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("energy-index-back", "line 8"),
        ("energy-row", "line 25"),
        ("energy-row", "line 31"),
    ]


def test_the_real_index_gives_264_counters_and_263_days() -> None:
    found = run(sample(INDEX))
    index, energy = slots(found, "electricity-index"), slots(found, "electricity-energy")
    assert (len(index), index[0].value, index[-1].value) == (264, "15521318", "17375563")
    assert index[0].start == datetime(2021, 1, 23, 23, tzinfo=UTC)
    assert index[-1].start == datetime(2021, 10, 13, 23, tzinfo=UTC)
    assert sum(int(day.value or 0) for day in energy) == 1_854_245
    assert (len(energy), energy[0].value) == (263, "5255")
    assert energy[0].start == datetime(2021, 1, 23, 23, tzinfo=UTC)
    assert energy[-1].end == datetime(2021, 10, 13, 22, tzinfo=UTC)
    assert found.kinds == {"setting": 3}
    assert not found.notices


def test_the_real_curve_gives_104_points_with_its_holes() -> None:
    found = run(sample(CURVE))
    power = slots(found, "electricity-power")
    assert len(power) == 104
    assert (power[0].start, power[0].value) == (datetime(2022, 1, 17, 23, tzinfo=UTC), "218")
    assert power[-1].end == datetime(2022, 1, 26, 4, 30, tzinfo=UTC)
    assert {(slot.end - slot.start).seconds for slot in power if slot.end} == {1800}
    days = {slot.start.date().day for slot in power}
    assert not days & {21, 24}
    assert not found.notices


def test_a_stamp_is_the_end_of_its_slot(tmp_path: Path) -> None:
    power = slots(curve(tmp_path, "2024-03-02T00:00:00+01:00;10\n2024-03-02T00:30:00+01:00;12\n"), "electricity-power")
    assert [(slot.start.hour, slot.end.hour) for slot in power if slot.end] == [(22, 23), (23, 23)]


def test_a_missing_midnight_is_a_hole_and_no_step_of_two_hours(tmp_path: Path) -> None:
    stamps = ("01T21", "01T22", "01T23", "02T01", "02T02")
    found = curve(tmp_path, "".join(f"2024-03-{stamp}:00:00+01:00;5\n" for stamp in stamps))
    assert [slot.minutes for slot in slots(found, "electricity-power")] == [60] * 5


def test_one_missing_half_hour_is_no_step_of_an_hour(tmp_path: Path) -> None:
    stamps = ("00:30", "01:00", "02:00", "02:30", "03:00")
    found = curve(tmp_path, "".join(f"2024-03-02T{stamp}:00+01:00;5\n" for stamp in stamps))
    assert [slot.minutes for slot in slots(found, "electricity-power")] == [30] * 5


def test_the_step_changes_within_a_file(tmp_path: Path) -> None:
    stamps = ("00:30", "01:00", "02:00", "03:00", "04:00", "05:00", "05:30", "06:00")
    found = curve(tmp_path, "".join(f"2024-03-02T{stamp}:00+01:00;5\n" for stamp in stamps))
    assert [slot.minutes for slot in slots(found, "electricity-power")] == [30, 30, 60, 60, 60, 60, 30, 30]


def test_a_business_meter_is_stamped_at_the_start_of_ten_minutes(tmp_path: Path) -> None:
    found = curve(tmp_path, "".join(f"2024-03-02T00:{minute}0:00+01:00;5\n" for minute in range(6)))
    first = slots(found, "electricity-power")[0]
    assert (first.start, first.minutes) == (datetime(2024, 3, 1, 23, tzinfo=UTC), 10)


def test_the_stated_step_counts(tmp_path: Path) -> None:
    found = curve(tmp_path, "2024-03-02T01:00:00+01:00;5\n", ABOUT.replace("W;\n", "W;60\n"))
    assert slots(found, "electricity-power")[0].minutes == 60


def test_a_stamp_twice_with_one_value_is_one_slot_and_with_two_values_the_last_counts(tmp_path: Path) -> None:
    found = curve(tmp_path, "2024-03-02T01:00:00+01:00;5\n" * 4 + "2024-03-02T01:00:00+01:00;6\n")
    assert [slot.value for slot in slots(found, "electricity-power")] == ["5", "6"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("energy-stamp-twice", "line 8")]


def test_an_empty_value_is_missing_and_not_zero(tmp_path: Path) -> None:
    found = curve(tmp_path, "2024-03-02T01:00:00+01:00;\n2024-03-02T01:30:00+01:00;0\n")
    assert [slot.value for slot in slots(found, "electricity-power")] == [None, "0"]


@pytest.mark.parametrize("text", [ABOUT[: ABOUT.index("\n") + 1], ABOUT, ABOUT + "Horodate;Valeur\n"])
def test_a_file_without_data_is_recognised_and_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\ufeff" + text, encoding="utf-8")
    found = run(path)
    assert found.readers == {"a.csv": "enedis.customer_csv"}
    assert (found.samples, found.notices, found.outcomes) == ([], [], {"read": 1})


def test_a_mark_decoded_twice_does_not_hide_the_file(tmp_path: Path) -> None:
    found = curve(tmp_path, "2024-03-02T01:00:00+01:00;5\n", "ï»¿" + ABOUT)
    assert slots(found, "electricity-power")[0].subject == "00000000000017"


def test_a_file_saved_by_a_spreadsheet_keeps_its_data_under_an_unknown_meter(tmp_path: Path) -> None:
    about = ABOUT.replace("donnees", "données").replace("00000000000017", "1,42E+13")
    found = curve(tmp_path, "2024-03-02T01:00:00+01:00;5\r\n", about, "cp1252")
    assert slots(found, "electricity-power")[0].subject == ""
    assert [notice.reason for _, notice in found.notices] == ["energy-meter"]


def test_without_the_line_about_the_meter_the_points_are_kept(tmp_path: Path) -> None:
    found = curve(tmp_path, "2024-03-02T01:00:00+01:00;5\n", ABOUT[: ABOUT.index("\n") + 1])
    assert [slot.value for slot in slots(found, "electricity-power")] == ["5"]


@pytest.mark.parametrize("stamps", ["T01:00:00+02:00", "T00:00:00+02:00", "T23:00:00+01:00"])
def test_three_conventions_of_the_index_name_one_day(tmp_path: Path, stamps: str) -> None:
    days = ("2022-07-13", "2022-07-14") if stamps.startswith("T23") else ("2022-07-14", "2022-07-15")
    text = (
        ABOUT.replace(";Pas en minutes", "").replace("Courbe de charge", "Index").replace("W;\n", "Wh\n")
        + "Horodate;Type de releve;EAS F1;EAS T\n"
        + f"{days[0]}{stamps};Arrêté quotidien;100;100\n{days[1]}{stamps};Arrêté quotidien;107;107\n"
    )
    path = tmp_path / "jour.csv"
    path.write_text(text, encoding="utf-8")
    (energy,) = slots(run(path), "electricity-energy")
    assert (energy.start, energy.value) == (datetime(2022, 7, 13, 22, tzinfo=UTC), "7")


def test_the_same_file_twice_gives_the_same_keys() -> None:
    first, second = run(FIXTURES / "customer"), run(FIXTURES / "customer" / "tout.csv")
    assert [item.key for item in first.items] == [item.key for item in second.items]
    assert first.lines()[:-3] == second.lines()[:-3]
