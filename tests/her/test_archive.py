"""An archive of HER: seven tables, a typo in a header, a row that is shifted against its header."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "her"
ARCHIVE = FIXTURES / "archive"


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_real_archive_gives_a_thousand_rows_of_each_table() -> None:
    found = run(sample("her/hestia-2022/her.zip"))
    keys = {item.key for item in found.items}
    counted = {what: sum(key[0] == what for key in keys) for what in sorted({str(key[0]) for key in keys})}
    assert counted == dict.fromkeys(("blocked", "liked", "message", "notification", "reported", "skipped"), 1000)
    assert [party.name for party in found.parties] == ["Caroline Dupont"]
    assert not found.notices
    first = next(item for item in found.items if item.key[0] == "message")
    assert first.when is not None
    assert datetime.fromtimestamp(first.when.us / 1e6, UTC).isoformat() == "2021-11-20T22:43:59+00:00"


def test_messages_that_are_alike_are_several() -> None:
    keys = [item.key for item in run(ARCHIVE).items if item.key[0] == "message"]
    assert len(set(keys)) == 3


def test_a_shifted_row_stays_as_it_is() -> None:
    (party,) = run(ARCHIVE).parties
    assert party.details["Last online UTC"] == "45.7, 4.8"  # type: ignore[index]


def test_a_date_that_is_none_is_said_with_its_line() -> None:
    assert [(notice.reason, notice.position) for _, notice in run(ARCHIVE).notices] == [("social-no-time", "line 2")]


def test_a_cut_table_gives_its_rows_and_says_so(tmp_path: Path) -> None:
    data = (ARCHIVE / "messages.csv").read_bytes()
    (tmp_path / "renamed.dat").write_bytes(data[:-25])
    found = run(tmp_path)
    assert len(found.items) == 3
    assert [notice.reason for _, notice in found.notices] == ["table-cut"]
