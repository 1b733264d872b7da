"""An archive of Mastodon: direct messages among posts, a number of items that is wrong, tables without header."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "mastodon"
ARCHIVE = FIXTURES / "archive"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def audiences(found: Run) -> dict[str, int]:
    return dict(Counter(item.details["audience"] for item in of(found, "activity")))  # type: ignore[index]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_real_archive_gives_seven_posts_with_their_audience() -> None:
    found = run(sample("mastodon/ish@ish.works"))
    assert audiences(found) == {"public": 3, "followers": 3, "direct": 1}
    stamps = [item.when.us for item in of(found, "activity") if item.when]
    first, last = (datetime.fromtimestamp(us / 1e6, UTC).isoformat() for us in (min(stamps), max(stamps)))
    assert (first, last) == ("2025-01-01T08:00:00+00:00", "2025-01-01T12:05:00+00:00")
    assert [item.title for item in of(found, "activity") if item.title] == ["spoilers for episode 5"]
    assert [party.name for party in found.parties] == ["Ish Works"]
    assert found.outcomes == {"read": 5}
    assert not found.notices


def test_who_may_see_a_post_is_told_and_direct_ones_are_messages() -> None:
    found = run(ARCHIVE)
    assert audiences(found) == {"public": 3, "unlisted": 1, "followers": 1, "direct": 1}
    assert [item.text for item in found.items if item.kind is Kind.MESSAGE] == ["@noe secret"]


def test_a_share_is_an_address_only() -> None:
    (share,) = [item for item in of(run(ARCHIVE), "activity") if item.kind is Kind.REACTION]
    assert share.title == "https://pouet.example/users/noe/statuses/9"


def test_a_picture_is_found_behind_a_slash_and_stands_with_its_post() -> None:
    found = run(ARCHIVE)
    assert [file.name for file in of(found, "activity")[0].files] == ["a.png"]
    assert [item.title for item in of(found, "document")] == ["avatar.png"]


def test_tables_with_and_without_header_are_read() -> None:
    found = run(ARCHIVE)
    assert [of(found, what)[0].title for what in ("following", "domain-block", "list")] == [
        "noe@pouet.example",
        "bruit.example",
        "Amis",
    ]
    assert [item.title for item in of(found, "like")][1] == "tag:pouet.example,2024:objectId=2"


def test_a_date_that_is_none_is_said() -> None:
    assert [(notice.reason, notice.position) for _, notice in run(ARCHIVE).notices] == [("social-no-time", "record 6")]


def test_a_renamed_outbox_is_recognised_and_gives_the_same_posts(tmp_path: Path) -> None:
    shutil.copy(ARCHIVE / "outbox.json", tmp_path / "export.json")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in of(run(ARCHIVE), "activity")}


def test_a_cut_outbox_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    data = (ARCHIVE / "outbox.json").read_bytes()
    (tmp_path / "outbox.json").write_bytes(data[: len(data) // 2])
    found = run(tmp_path)
    assert found.items
    assert [notice.reason for _, notice in found.notices] == ["json-cut-off"]
