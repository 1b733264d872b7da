"""The recipe of solar production: it lies beside files of meters and is none of theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.enedis.slots import slots
from tests.importing import run


def test_quarters_of_an_hour_keep_their_offset_and_are_not_taken_for_a_load_curve(tmp_path: Path) -> None:
    path = tmp_path / "courbe.csv"
    path.write_text("Date/Time,Energy Produced (Wh)\n2026-07-14 06:00:00 +0200,120\n", encoding="utf-8")
    found = run(path)
    assert list(found.readers.values()) == ["enphase.solar_production"]
    (slot,) = slots(found, "electricity-production-energy")
    assert (slot.start, slot.value) == (datetime(2026, 7, 14, 4, tzinfo=UTC), "120")
