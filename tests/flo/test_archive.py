"""Periods from day to day, an open one, and what was noted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "flo"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "export.json", FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_gives_two_periods_and_two_entries() -> None:
    found = run(sample("flo/constructed"))
    assert found.kinds == {"measurement": 4}
    assert [(item.title, item.text) for item in found.items[2:]] == [
        ("OvulationTest", "Positive"),
        ("Symptom", "DrawingPain"),
    ]
    assert not found.notices


def test_a_period_lasts_to_the_end_of_its_last_day_and_an_open_one_has_no_end() -> None:
    closed, still = run(FIXTURES / "export.json").items[:2]
    assert closed.when is not None
    assert (closed.when.us, closed.end) == (us(2024, 2, 1), us(2024, 2, 6))
    assert still.end is None


def test_everything_else_of_the_file_is_kept() -> None:
    rest = run(FIXTURES / "export.json").items[-1]
    assert rest.details == {"operationalData": {"settings": {"cycle_length": 28}}, "user": {"name": "Léa"}}


def test_a_period_without_a_day_is_kept_and_said() -> None:
    found = run(FIXTURES / "export.json")
    assert [(notice.what, notice.position) for _, notice in found.notices] == [("period_start_date", "record 3")]


def test_a_cut_file_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    data = (FIXTURES / "export.json").read_bytes()
    (tmp_path / "a.json").write_bytes(data[: data.index(b"2024-02-29")])
    found = run(tmp_path)
    assert [item.title for item in found.items] == ["period"]
    assert found.notices
