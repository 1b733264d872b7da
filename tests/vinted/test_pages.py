"""Vinted's pages: listings, orders of which one side is the person's own, and cells that nobody has described."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "vinted"
ARCHIVE = FIXTURES / "archive"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def titled(found: Run, title: str, what: str) -> Item:
    return next(item for item in found.items if item.title == title and item.key[0] == what)


def test_the_invented_pages_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_a_listing_is_a_post_at_its_creation_with_its_price_in_the_details() -> None:
    coat = titled(run(ARCHIVE), "Manteau d'essai", "listing")
    assert coat.when is not None
    assert (coat.kind, coat.when.us, coat.when.offset) == (Kind.POST, us(2024, 8, 28, 18, 30, 14), 120)
    assert (coat.text, coat.amount) == ("Bleu & chaud, porté deux fois.", "")
    assert coat.key == ("listing", "9100000001")
    assert coat.details["order_value"] == "12.5 EUR"  # type: ignore[index]


def test_what_was_bought_is_a_purchase_and_what_was_sold_a_transaction() -> None:
    found = run(ARCHIVE)
    bought, sold = titled(found, "Écharpe, Bonnet", "order"), titled(found, "Manteau d'essai", "order")
    assert (bought.kind, bought.amount, bought.currency) == (Kind.PURCHASE, "18.2", "EUR")
    assert (sold.kind, sold.amount) == (Kind.TRANSACTION, "12.5")


def test_an_order_alone_may_be_either_side_s_and_has_no_amount(tmp_path: Path) -> None:
    page = (ARCHIVE / "orders" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page[: page.index("2024-10-02")], encoding="utf-8")
    order = run(tmp_path).items[0]
    assert (order.kind, order.amount) == (Kind.OTHER, "")


def test_a_cell_that_nobody_has_described_keeps_its_fields_words_and_links() -> None:
    (odd,) = (item for item in run(ARCHIVE).items if item.key[0] == "cell")
    assert odd.details["odd_field"] == "une valeur"  # type: ignore[index]
    assert odd.details["links"] == ["https://example.org/x"]  # type: ignore[index]


@pytest.mark.parametrize("page", ["listings", "orders"])
def test_no_word_of_a_page_is_lost(page: str) -> None:
    words = (ARCHIVE / page / "index.html").read_text(encoding="utf-8")
    words = (
        re.sub(r"<[^>]*>", "\n", words[words.index("itemscope>") + 10 :]).replace("&#39;", "'").replace("&amp;", "&")
    )
    held = " ".join(str(item.details) for item in run(ARCHIVE).items).replace('"', "'")
    assert not [line for line in words.split("\n") if line.strip() and line.strip() not in held]


def test_a_listing_without_a_sound_date_is_kept_and_said_with_its_number() -> None:
    found = run(ARCHIVE)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "record 2")]
    assert titled(found, "Pull sans photo", "listing").when is None


@pytest.mark.parametrize("page", ["listings", "orders"])
def test_a_renamed_page_is_recognised_and_has_the_same_keys(tmp_path: Path, page: str) -> None:
    shutil.copy(ARCHIVE / page / "index.html", tmp_path / "0001.htm")
    found = run(tmp_path)
    assert found.readers == {"0001.htm": "vinted.pages"}
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}


def test_a_cut_page_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    page = (ARCHIVE / "listings" / "index.html").read_bytes()
    (tmp_path / "page.html").write_bytes(page[: page.index(b"Pull sans") + 4])
    assert [item.title for item in run(tmp_path).items] == ["Manteau d'essai", "Pull"]
