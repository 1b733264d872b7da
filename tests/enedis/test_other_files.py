"""What the distributor's older table, a tool's table and DataConnect's JSON say of half hours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.enedis.slots import slots
from tests.importing import run, sample

PRM = "00000000000017"


def test_the_older_table_has_day_and_clock_apart(tmp_path: Path) -> None:
    path = tmp_path / "mesures.csv"
    path.write_bytes(
        (
            "Date de la mesure;Heure de la mesure;Valeur;Statut de la mesure;PRM;Type de données;Date de début;Unité\n"
            f"02/03/2018;00:30:00;210;Réelle;{PRM};Courbe de charge;01/03/2018;W\n"
            f"02/03/2018;01:00:00;220;Estimée;{PRM};Courbe de charge;01/03/2018;W\n"
            f"32/03/2018;01:30:00;220;Réelle;{PRM};Courbe de charge;01/03/2018;W\n"
        ).encode("cp1252")
    )
    found = run(path)
    power = slots(found, "electricity-power")
    assert found.readers == {"mesures.csv": "enedis.load_curve_older"}
    assert (power[0].start, power[0].value, power[0].subject) == (datetime(2018, 3, 1, 23, tzinfo=UTC), "210", PRM)
    assert [list(s.quality.texts()) for s in found.samples if s.quality] == [["Réelle", "Estimée"]]
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "line 4")]


def test_a_tools_table_names_the_meter_in_its_file_name(tmp_path: Path) -> None:
    path = tmp_path / f"conso-courbe-30min_{PRM}_20240301-20240302.csv"
    path.write_text(
        "courbe de charge\nhorodate ISO fin de pas;puissance moyenne (W)\n2024-03-02T00:30:00+01:00;210\n",
        encoding="utf-8",
    )
    (slot,) = slots(run(path), "electricity-power")
    assert (slot.subject, slot.start, slot.minutes) == (PRM, datetime(2024, 3, 1, 23, tzinfo=UTC), 30)


def reading(kind: dict[str, str], readings: list[dict[str, str]]) -> str:
    about = {"usage_point_id": PRM, "start": "2020-09-13", "end": "2020-09-15", "quality": "BRUT"}
    return json.dumps({"meter_reading": about | {"reading_type": kind, "interval_reading": readings}})


def test_data_connects_curve_is_stamped_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    kind = {"measurement_kind": "power", "unit": "W", "aggregate": "average"}
    rows = [
        {"value": "540", "date": "2020-09-14 03:00:00", "interval_length": "PT30M", "measure_type": "B"},
        {"value": "x", "date": "2020-09-14 03:30:00", "interval_length": "PT30M"},
    ]
    path.write_text(reading(kind, rows), encoding="utf-8")
    found = run(path)
    (slot,) = slots(found, "electricity-power")
    assert (slot.start, slot.minutes, slot.value) == (datetime(2020, 9, 14, 0, 30, tzinfo=UTC), 30, "540")
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "record 2")]


def test_data_connects_days_are_civil_days(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    kind = {"measurement_kind": "energy", "unit": "Wh", "aggregate": "sum"}
    path.write_text(reading(kind, [{"value": "8540", "date": "2020-09-14"}]), encoding="utf-8")
    (day,) = slots(run(path), "electricity-energy")
    assert (day.start, day.minutes, day.value) == (datetime(2020, 9, 13, 22, tzinfo=UTC), 1440, "8540")


def test_the_pilots_slots_are_numbered_from_midnight() -> None:
    found = run(sample("mesinfos/enedis_loadcurve.json"))
    power = slots(found, "electricity-power")
    assert found.readers == {"enedis_loadcurve.json": "enedis.pilot"}
    assert (len(power), power[0].value, power[-1].value) == (48, "230", "284")
    assert (power[0].start, power[0].minutes) == (datetime(2017, 8, 16, 22, tzinfo=UTC), 30)
    assert power[-1].end == datetime(2017, 8, 17, 22, tzinfo=UTC)
    assert not found.notices


def test_the_pilots_energy_is_of_a_civil_day() -> None:
    (day,) = slots(run(sample("mesinfos/enedis_energy.json")), "electricity-energy")
    assert (day.start, day.minutes, day.value) == (datetime(2017, 8, 16, 22, tzinfo=UTC), 1440, "17051")


def test_impossible_years_are_said_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r63.csv"
    stamps = ("0001-01-01 00:00:00", "9999-12-31 23:59:59", "2023-01-02 00:30:00")
    path.write_text(
        "Identifiant PRM;Grandeur physique;Grandeur métier;Unité;Horodate;Valeur;Nature;Pas\n"
        + "".join(f"{PRM};PA;CONS;W;{stamp};1;B;PT30M\n" for stamp in stamps),
        encoding="utf-8",
    )
    found = run(path)
    assert len(slots(found, "electricity-power")) == 1
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "line 2"), ("energy-row", "line 3")]
