"""The page of Pinterest: keys in the markup, values that hold colons, section ids that mean nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "pinterest"
ARCHIVE = FIXTURES / "archive"
PAGE = ARCHIVE / "a1b2c3.html"


def pins(found: Run) -> list[Item]:
    return [item for item in found.items if item.key[0] == "pin"]


def test_the_invented_page_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_real_page_gives_its_pin() -> None:
    found = run(sample("pinterest/chowsinwon/pinterest-sample.html"))
    (pin,) = pins(found)
    assert pin.kind is Kind.BOOKMARK
    assert pin.key == ("pin", "123456789")
    assert pin.when is not None
    assert datetime.fromtimestamp(pin.when.us / 1e6, UTC).isoformat() == "2017-02-13T15:35:01+00:00"
    assert pin.text == "some text"
    assert pin.details["Canonical Link"] == "https://some-cool-address-that-leads-to-the-source-of-my-pin"  # type: ignore[index]
    assert pin.details["Private"] == "False"  # type: ignore[index]
    assert [notice.reason for _, notice in found.notices] == ["pinterest-zone"]


def test_the_comma_behind_a_value_is_markup_and_a_colon_within_is_not() -> None:
    assert [pin.title for pin in pins(run(ARCHIVE))] == ["Un toit: en tuiles, et du thé", "Deux"]


def test_a_value_over_two_lines_is_one() -> None:
    assert pins(run(ARCHIVE))[1].text == "première ligne\ndeuxième ligne"


def test_ids_keep_all_their_digits() -> None:
    assert pins(run(ARCHIVE))[0].key == ("pin", "1111111111111111111")


def test_a_section_that_nobody_described_is_kept_with_its_words() -> None:
    (section,) = [item for item in run(ARCHIVE).items if item.key[0] == "section"]
    assert (section.title, section.text) == ("Recherches", "tuiles lyon\nthé vert")


def test_a_date_that_is_none_is_said_and_the_zone_once() -> None:
    found = [(notice.reason, notice.position) for _, notice in run(ARCHIVE).notices]
    assert found == [("social-no-time", "record 2"), ("pinterest-zone", "")]


def test_a_cut_page_gives_the_pins_before_the_cut_and_a_renamed_one_the_same(tmp_path: Path) -> None:
    data = PAGE.read_bytes()
    (tmp_path / "renamed.dat").write_bytes(data[: data.index(b"<br>Title: Deux") + 20])
    assert [pin.key for pin in pins(run(tmp_path))] == [pin.key for pin in pins(run(ARCHIVE))]
