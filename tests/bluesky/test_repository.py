"""A repository of Bluesky: binary blocks, addresses from a tree, a second source of time."""

from __future__ import annotations

import shutil
from pathlib import Path

from importers.records import Item, Kind, Precision
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "bluesky"
ARCHIVE = FIXTURES / "archive"
CAR = ARCHIVE / "repo.car"


def item(address: str) -> Item:
    return next(one for one in run(ARCHIVE).items if one.details["address"] == address)  # type: ignore[index]


def test_the_invented_repository_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_every_record_has_the_address_that_the_tree_gives_it() -> None:
    assert [one.key[1:] for one in run(ARCHIVE).items] == [
        ("did:plc:lea", "app.bsky.feed.like", "3kaaaaaaaaa2a"),
        ("did:plc:lea", "app.bsky.feed.post", "3kaaaaaaaaa2b"),
        ("did:plc:lea", "app.bsky.feed.post", "3kaaaaaaaaa2c"),
        ("did:plc:lea", "app.bsky.graph.follow", "3kaaaaaaaaa2d"),
    ]


def test_a_date_that_is_none_is_that_of_the_address() -> None:
    answer = item("app.bsky.feed.post/3kaaaaaaaaa2c")
    assert answer.when is not None
    assert answer.when.precision is Precision.MICROSECOND
    assert answer.details["createdAt"] == "un jour"  # type: ignore[index]
    assert [(role.role, role.handle.value) for role in answer.parties if role.handle] == [("to", "did:plc:noe")]


def test_links_and_large_numbers_are_kept() -> None:
    image = item("app.bsky.feed.post/3kaaaaaaaaa2b").details["embed"]["images"][0]["image"]  # type: ignore[index]
    assert image["size"] == 9007199254740993
    assert image["ref"]["$link"].startswith("bafyrei")


def test_a_follow_is_a_subscription_and_the_profile_a_party() -> None:
    assert item("app.bsky.graph.follow/3kaaaaaaaaa2d").kind is Kind.SUBSCRIPTION
    assert [(party.name, party.key) for party in run(ARCHIVE).parties] == [("Léa", ("profile", "did:plc:lea"))]


def test_a_renamed_repository_gives_the_same_records(tmp_path: Path) -> None:
    shutil.copy(CAR, tmp_path / "did_plc_lea.car")
    assert run(tmp_path).lines() == run(ARCHIVE).lines()


def test_a_cut_repository_gives_what_came_before_the_cut_and_says_so(tmp_path: Path) -> None:
    data = CAR.read_bytes()
    for cut in (200, 700, len(data) - 20):
        (tmp_path / "repo.car").write_bytes(data[:cut])
        assert "car-cut-off" in {notice.reason for _, notice in run(tmp_path).notices}
    assert len(run(tmp_path).items) == 4


def test_a_damaged_block_costs_itself_only(tmp_path: Path) -> None:
    data = bytearray(CAR.read_bytes())
    data[data.index(b"app.bsky.feed.like") - 8] = 0xFF
    (tmp_path / "repo.car").write_bytes(bytes(data))
    found = run(tmp_path)
    assert len(found.items) == 3
    assert "car-block" in {notice.reason for _, notice in found.notices}
