"""One object or a list of objects, on days."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Precision
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "clue"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "measurements.json", FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_gives_four_entries_on_their_days() -> None:
    found = run(sample("clue/constructed"))
    assert found.kinds == {"measurement": 4}
    first = found.items[0]
    assert first.when is not None
    assert (first.when.us, first.when.precision) == (us(2026, 1, 3), Precision.DAY)
    assert [(item.title, item.text) for item in found.items[:3]] == [
        ("period", "medium"),
        ("period", "heavy"),
        ("spotting", "brown"),
    ]


def test_several_options_are_one_entry_and_a_value_without_options_is_kept() -> None:
    items = run(FIXTURES / "measurements.json").items
    assert items[1].text == "cramps, headache"
    assert isinstance(items[2].details, bytes)
    assert b"36.6" in items[2].details


def test_an_entry_without_a_day_is_kept_and_said() -> None:
    found = run(FIXTURES / "measurements.json")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "record 4")]
    assert len(found.items) == 4


def test_a_cut_and_renamed_list_gives_its_first_entries(tmp_path: Path) -> None:
    data = (FIXTURES / "measurements.json").read_bytes()
    (tmp_path / "0001.dat").write_bytes(data[: data.index(b"bbt")])
    found = run(tmp_path)
    assert len(found.items) == 2
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}
