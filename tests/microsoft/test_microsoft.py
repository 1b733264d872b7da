"""Microsoft: browsing and searches of the dashboard, tables of Outlook. Invented files in the described shapes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "microsoft"


def stamp(item: Item) -> str:
    return datetime.fromtimestamp(item.when.us // 1_000_000, UTC).isoformat()[:19] if item.when else ""


@pytest.mark.parametrize("name", ["privacy", "outlook"])
def test_the_invented_files_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_times_are_iso_or_american_and_one_that_is_neither_is_said() -> None:
    found = run(FIXTURES / "privacy")
    pages = [item for item in found.items if item.kind is Kind.PAGE_VISIT]
    assert [stamp(item) for item in pages] == ["2024-05-02T09:10:11", "2024-05-13T21:10:11", ""]
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 4")]


@pytest.mark.parametrize(
    "header", ["DateTime,NavigatedToUrl", "Date Time,Navigated To Url", "date_time,navigated_to_url"]
)
def test_columns_are_known_whatever_their_case_and_spaces(header: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n2024-05-02T09:10:11Z,https://velo.example/\n", encoding="utf-8")
    (item,) = run(path).items
    assert item.key[:2] == ("page-visit", "https://velo.example/")


def test_a_json_variant_names_a_visit_like_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[{"dateTime":"2024-05-02T09:10:11.5Z","navigatedToUrl":"https://velo.example/"}]', encoding="utf-8"
    )
    (item,) = run(path).items
    assert item.key in {other.key for other in run(FIXTURES / "privacy").items}


def test_french_contacts_in_an_old_encoding_have_their_handles() -> None:
    person, shop = run(FIXTURES / "outlook" / "contacts.csv").parties
    assert (person.name, [handle.value for handle in person.handles]) == (
        "Noé Inventé",
        ["noe@exemple.fr", "06 00 00 00 01"],
    )
    assert (shop.name, shop.type) == ("Boulangerie inventée", "organisation")


def test_the_whole_column_tells_that_the_month_comes_first() -> None:
    first, second = run(FIXTURES / "outlook" / "calendar.csv").items
    assert [stamp(first), stamp(second)] == ["2024-05-02T09:00:00", "2024-05-23T20:00:00"]
    assert first.when is not None
    assert first.end is not None
    assert first.end - first.when.us == 30 * 60 * 1_000_000


def test_a_mailbox_of_outlook_is_kept_whole_and_explained(tmp_path: Path) -> None:
    path = tmp_path / "archive.pst"
    path.write_bytes(b"!BDN" + bytes(600))
    found = run(path)
    assert [notice.reason for _, notice in found.notices] == ["outlook-mailbox"]
    assert found.files["archive.pst"] == path.read_bytes()
