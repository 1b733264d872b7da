"""An archive of Hinge: matches without names, elements that hold one thing only, lists written as text."""

from __future__ import annotations

import shutil
from pathlib import Path

from importers.records import Item, Precision
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "hinge"
ARCHIVE = FIXTURES / "archive"


def of(what: str) -> list[Item]:
    return [item for item in run(ARCHIVE).items if item.key[0] == what]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_messages_keep_their_precision_and_know_their_match() -> None:
    first, second = of("message")
    assert [item.when.precision for item in (first, second) if item.when] == [Precision.MICROSECOND, Precision.SECOND]
    assert first.details["match"] == "2023-05-01 08:00:00"  # type: ignore[index]


def test_a_list_written_as_text_is_a_list() -> None:
    assert [item.title for item in of("we-met")] == ["Yes"]


def test_an_element_may_hold_a_like_only() -> None:
    (like,) = of("like")
    assert like.details["like"][0]["comment"] == "joli toit"  # type: ignore[index]


def test_a_date_that_is_none_is_said() -> None:
    assert [(notice.reason, notice.position) for _, notice in run(ARCHIVE).notices] == [("social-no-time", "record 3")]


def test_a_renamed_and_cut_file_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    shutil.copy(ARCHIVE / "matches.json", tmp_path / "x.json")
    data = (tmp_path / "x.json").read_bytes()
    (tmp_path / "x.json").write_bytes(data[: data.index(b'"block"')])
    found = run(tmp_path)
    assert {item.key[0] for item in found.items} == {"match", "message", "we-met", "like"}
    assert [notice.reason for _, notice in found.notices] == ["json-cut-off"]
