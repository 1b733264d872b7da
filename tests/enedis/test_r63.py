"""R63: local time without an offset, placed by its order; and the three products of one meter agree."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

from tests.enedis.slots import slots
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "enedis"
REAL = "enedis/ENEDIS_R63_P_CdC_M0000000_00001_20250313093019_extrait.csv"
HEAD = "Identifiant PRM;Grandeur physique;Grandeur métier;Unité;Horodate;Valeur;Nature;Pas;Mode calcul\n"


def lines(*stamps: str) -> str:
    return HEAD + "".join(f"00000000000024;PA;CONS;W;{stamp};{n};B;PT30M;x\n" for n, stamp in enumerate(stamps))


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "r63", FIXTURES / "r63.golden.jsonl", regenerate=regenerate)


def test_the_real_file_gives_382_slots_and_march_has_46() -> None:
    found = run(sample(REAL))
    power = slots(found, "electricity-power")
    assert len(power) == 382
    assert (power[0].start, power[0].value) == (datetime(2023, 3, 23, 22, 30, tzinfo=UTC), "684")
    assert (power[-1].end, power[-1].value) == (datetime(2023, 3, 31, 21, 30, tzinfo=UTC), "4352")
    assert {slot.minutes for slot in power} == {30}
    assert all(before.end == after.start for before, after in itertools.pairwise(power))
    assert not found.notices


def test_octobers_hour_occurs_twice_and_neither_is_lost() -> None:
    found = run(FIXTURES / "r63")
    october = [slot for slot in slots(found, "electricity-power") if slot.start.month == 10]
    assert [slot.value for slot in october] == ["100", "110", "120", "130", "140", "150"]
    assert all(before.end == after.start for before, after in itertools.pairwise(october))


def test_marchs_missing_hour_is_no_hole() -> None:
    power = slots(run(FIXTURES / "r63"), "electricity-power")
    march = [slot for slot in power if slot.start.month == 3 and slot.subject]
    assert [slot.minutes for slot in march] == [30, 30, 30, 60]
    assert all(before.end == after.start for before, after in itertools.pairwise(march))


def test_an_october_hour_that_is_given_once_is_said(tmp_path: Path) -> None:
    path = tmp_path / "r63.csv"
    path.write_text(lines("2022-10-30 01:30:00", "2022-10-30 02:00:00", "2022-10-30 03:00:00"), encoding="utf-8")
    assert [(n.reason, n.position) for _, n in run(path).notices] == [("energy-hour-unclear", "line 4")]


def test_newest_first_the_second_hour_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "r63.csv"
    clocks = ("03:00", "02:30", "02:00", "02:30", "02:00", "01:30")
    path.write_text(lines("2022-10-31 00:00:00", *(f"2022-10-30 {c}:00" for c in clocks)), encoding="utf-8")
    power = slots(run(path), "electricity-power")[1:]
    assert all(before.start == after.end for before, after in itertools.pairwise(power))


def test_consumption_and_production_stay_apart() -> None:
    assert run(FIXTURES / "r63").series() == {"electricity-power": 11, "electricity-production-power": 1}


def test_damaged_rows_are_said_with_their_line_and_a_destroyed_meter_keeps_its_data() -> None:
    found = run(FIXTURES / "r63")
    assert [(n.reason, n.position) for _, n in found.notices] == [
        ("energy-row", "line 13"),
        ("energy-meter", "line 14"),
        ("energy-row", "line 15"),
        ("energy-row", "line 15"),
    ]
    unknown = [slot for slot in slots(found, "electricity-power") if not slot.subject]
    assert [slot.value for slot in unknown] == [None]


def test_an_unknown_column_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "r63.csv"
    path.write_text(lines("2022-10-30 01:30:00"), encoding="utf-8")
    (samples,) = run(path).samples
    assert list(samples.columns["Mode calcul"].texts()) == ["x"]
