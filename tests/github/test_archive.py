"""An account export of GitHub, and lists of stars: an address is an identity, an element without date is no star."""

from __future__ import annotations

import json
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "github"
ARCHIVE = FIXTURES / "archive"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_real_lists_give_their_stars_and_the_one_without_dates_is_none() -> None:
    found = run(sample("github/timelinize-stars"))
    assert {item.key for item in of(found, "star")} == {
        ("star", "https://github.com/mojombo/grit"),
        ("star", "https://github.com/foo/bar"),
    }
    assert found.outcomes == {"read": 2, "unknown": 1}
    assert not found.notices


def test_every_member_of_an_export_has_an_outcome() -> None:
    assert run(ARCHIVE).outcomes == {"read": 5, "kept": 1}


def test_ids_keep_all_their_digits() -> None:
    comment = next(item for item in of(run(ARCHIVE), "record") if item.text == "Réparé")
    assert comment.details["id"] == 9007199254740993  # type: ignore[index]
    assert comment.kind is Kind.POST


def test_what_cannot_be_read_is_said_with_its_number() -> None:
    found = {(path, notice.reason, notice.position) for path, notice in run(ARCHIVE).notices}
    assert found == {
        ("issue_comments_000001.json", "social-no-time", "record 2"),
        ("stars.json", "table-record", "record 2"),
    }


def test_a_cut_file_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    data = (ARCHIVE / "issue_comments_000001.json").read_bytes()
    (tmp_path / "issue_comments_000001.json").write_bytes(data[:-60])
    found = run(tmp_path)
    assert [item.text for item in found.items] == ["Réparé"]
    assert [notice.reason for _, notice in found.notices] == ["json-cut-off"]


def test_nothing_of_the_originals_is_dropped() -> None:
    lines = "\n".join(run(ARCHIVE).lines())
    for path in ARCHIVE.glob("*_000001.json"):
        for record in json.loads(path.read_text(encoding="utf-8")):
            for name, value in record.items():
                assert not isinstance(value, str) or name == "created_at" or value in lines, value
