"""OPML: nested lists of feeds."""

from __future__ import annotations

from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "opml"
FEEDS = FIXTURES / "feeds.opml"


def test_the_invented_list_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FEEDS, FIXTURES / "feeds.golden.jsonl", regenerate=regenerate)


def test_feeds_keep_their_folders_and_the_case_of_attributes_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "x.dat").write_bytes(FEEDS.read_bytes())
    found = run(tmp_path)
    assert found.readers == {"x.dat": "opml.outlines"}
    by_title = {item.title: item for item in found.items if item.kind is Kind.BOOKMARK}
    ponds = by_title["Les mares"]
    assert ponds.details["folders"] == ["Nature", "Sous-dossier"]  # type: ignore[index]
    assert ponds.parties[0].handle is not None
    assert ponds.parties[0].handle.value == "https://exemple.invalid/mares.xml"


def test_a_feed_in_two_folders_is_two_and_a_note_without_an_address_is_kept() -> None:
    titles = [item.title for item in run(FEEDS).items if item.kind is Kind.BOOKMARK]
    assert titles == ["Les haies", "Les mares", "Une note seule", "Les haies"]
    assert len({item.key for item in run(FEEDS).items}) == len(run(FEEDS).items)


def test_every_attribute_is_kept() -> None:
    kept = "\n".join(run(FEEDS).lines())
    for text in ("Abonnements", "Sat, 04 May 2024 10:00:00 GMT", "/jardin", "vert", "rss", "https://exemple.invalid/"):
        assert text in kept


def test_a_list_that_is_cut_off_gives_the_feeds_before_the_cut(tmp_path: Path) -> None:
    data = FEEDS.read_bytes()
    (tmp_path / "a.opml").write_bytes(data[: data.index(b"Une note")])
    found = run(tmp_path)
    assert [item.title for item in found.items if item.kind is Kind.BOOKMARK] == ["Les haies", "Les mares"]
    assert {notice.reason for _, notice in found.notices} == {"xml-broken"}
