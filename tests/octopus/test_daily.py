"""Octopus Energy's days, which bear a meter's number in their name as the distributor's files do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.enedis.slots import slots
from tests.importing import check_golden, run

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "octopus" / "days"


def test_the_invented_days_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURE, FIXTURE.with_name("days.golden.jsonl"), regenerate=regenerate)


def test_the_titles_decide_and_months_stand_apart() -> None:
    found = run(FIXTURE)
    assert set(found.readers.values()) == {"octopus.daily"}
    first, second = slots(found, "electricity-energy")
    assert (first.subject, first.value, second.minutes) == ("00000000000042", "12345", 23 * 60)
    (month,) = slots(found, "electricity-energy-monthly")
    assert (month.start, month.value) == (datetime(2026, 2, 28, 23, tzinfo=UTC), "300000")
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "line 5")]


def test_prices_and_registers_stay() -> None:
    said = "\n".join(run(FIXTURE).lines())
    assert all(text in said for text in ("2,50", "8,345", "0,50", "HP/HC", "Estimée"))
