"""Water in litres, whatever the site counts in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.enedis.slots import slots
from tests.importing import check_golden, run

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "water" / "meters"


def test_the_invented_files_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURE, FIXTURE.with_name("meters.golden.jsonl"), regenerate=regenerate)


def test_cubic_metres_become_litres_and_an_index_of_null_is_no_measurement() -> None:
    found = run(FIXTURE / "a.json")
    days = slots(found, "water-volume")
    assert [day.value for day in days] == ["123", None]
    assert (days[1].start, days[1].minutes) == (datetime(2026, 3, 28, 23, tzinfo=UTC), 23 * 60)
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "record 3")]


def test_months_stand_apart_from_days() -> None:
    assert [month.value for month in slots(run(FIXTURE / "a.json"), "water-volume-monthly")] == ["4500"]
    older = run(FIXTURE / "b.json")
    assert [day.value for day in slots(older, "water-volume")] == ["250", None]
    assert [month.value for month in slots(older, "water-volume-monthly")] == ["7500"]


def test_a_row_of_litres_without_a_day_is_kept_without_a_time() -> None:
    found = run(FIXTURE / "c.csv")
    assert [day.value for day in slots(found, "water-volume")] == ["120"]
    assert [(item.kind, item.title, item.when) for item in found.items] == [
        (Kind.OTHER, "29/03/2021 · 1001 · x", None),
        (Kind.CONSUMPTION, "80 L", None),
    ]
    assert [(n.reason, n.position) for _, n in found.notices] == [("energy-row", "line 3")]


def test_a_cut_capture_gives_its_days_before_the_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes((FIXTURE / "a.json").read_bytes()[:-120])
    found = run(path)
    assert [day.value for day in slots(found, "water-volume")] == ["123", None]
    assert "json-cut-off" in {notice.reason for _, notice in found.notices}
