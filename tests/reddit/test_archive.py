"""An archive of Reddit: tables that are split, votes without dates, ids that tell a fact once."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from importers.records import Item
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "reddit"
ARCHIVE = FIXTURES / "archive"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_every_table_has_an_outcome_and_one_is_of_unknown_meaning() -> None:
    found = run(ARCHIVE)
    assert found.outcomes == {"read": 12, "skipped": 1}
    assert [path for path, reader in found.readers.items() if reader == "reddit.other"] == ["checkfile.csv"]


def test_a_split_table_is_one_and_a_post_and_a_comment_may_have_one_id() -> None:
    found = run(ARCHIVE)
    assert [item.key for item in of(found, "comment")] == [("comment", "1abcde"), ("comment", "j2")]
    assert [item.key for item in of(found, "post")] == [("post", "1abcde")]
    assert of(found, "message")[0].text == "ligne 1\n\nligne 3"


def test_a_vote_has_no_date_and_the_first_address_is_that_of_the_registration() -> None:
    found = run(ARCHIVE)
    (vote,) = [item for item in found.items if item.key[0] == "vote postvotes"]
    assert (vote.when, vote.title) == (None, "up")
    assert [item.when is None for item in found.items if item.key[0] == "address iplogs"] == [True, False]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("social-no-time", "line 2")]


@pytest.mark.parametrize("name", ["posts", "comments_1", "messages", "chat_history"])
def test_a_renamed_table_is_still_recognised(tmp_path: Path, name: str) -> None:
    shutil.copy(ARCHIVE / f"{name}.csv", tmp_path / "x.dat")
    found = run(tmp_path)
    assert found.readers["x.dat"].startswith("reddit.")
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}


def test_a_cut_table_is_said(tmp_path: Path) -> None:
    data = (ARCHIVE / "messages.csv").read_bytes()
    (tmp_path / "messages.csv").write_bytes(data[:-5])
    assert "table-cut" in {notice.reason for _, notice in run(tmp_path).notices}


def test_nothing_of_the_originals_is_dropped() -> None:
    lines = "\n".join(run(ARCHIVE).lines())
    for path in ARCHIVE.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(list(stream)[1:]):
                for cell in row:
                    assert cell.endswith(" UTC") or cell.replace("\n", "\\n") in lines, cell
