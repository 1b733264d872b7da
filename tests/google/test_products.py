"""Chrome, Maps, Play, Pay, Tasks, the access log and the profile: what their format pages warn of."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from importers.google.prices import price
from importers.records import Handle, Item, Kind, Moment, Precision
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run

TAKEOUT = FIXTURES / "products" / "Takeout"


@pytest.fixture(scope="module")
def found() -> Run:
    return run(TAKEOUT)


def keyed(found: Run, *key: object) -> Item:
    """The one item whose key begins so."""
    (item,) = (item for item in found.items if item.key[: len(key)] == key)
    return item


def test_meaningless_names_give_the_same_records(found: Run, tmp_path: Path) -> None:
    """But for files that only their name tells from others: labelled places."""
    only_named = {"Adresses avec libellé.json", "Envies.csv"}
    for number, path in enumerate(sorted(TAKEOUT.rglob("*.*"))):
        if path.name not in only_named:
            shutil.copy(path, tmp_path / f"{number}{path.suffix}")
    named = {item.key for item in found.items if item.key[0] not in {"saved", "saved-list"}}
    assert {item.key for item in run(tmp_path).items} == named - {("maps-place", "Domicile", "4 rue Inventée", None)}


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("US$0.99", "0.99", "USD"),
        ("EUR 4,99", "4.99", "EUR"),
        ("4,99\u00a0€", "4.99", "EUR"),
        ("-1\u202f234,50 €", "-1234.50", "EUR"),
        ("US$1,234.50", "1234.50", "USD"),
        ("$3", "3", ""),
        ("CHF 12.00", "12.00", "CHF"),
        ("1.000 ¥", "1000", "JPY"),
        ("gratuit", "", ""),
        ("", "", ""),
    ],
)
def test_an_amount_written_for_people_is_understood(text: str, amount: str, currency: str) -> None:
    assert price(text) == (amount, currency)


def test_a_visit_has_its_microsecond_and_both_names_of_the_file_one_identity(found: Run, tmp_path: Path) -> None:
    shutil.copy(TAKEOUT / "Chrome" / "History.json", tmp_path / "BrowserHistory.json")
    visit = keyed(run(tmp_path), "chrome-visit", "https://example.org/une")
    assert visit.when == Moment(1_690_864_183_842_123, None, Precision.MICROSECOND)
    assert visit.key == keyed(found, "chrome-visit", "https://example.org/une").key


def test_an_old_place_at_zero_has_the_coordinates_that_stand_beside_it(found: Run) -> None:
    old = keyed(found, "maps-place", "http://maps.google.com/?cid=1002")
    assert (old.lat, old.lon, old.title) == (45.6, 1.5, "Marché")
    lost = keyed(found, "maps-place", "http://maps.google.com/?q=lieu+perdu")
    assert (lost.lat, lost.lon) == (None, None)


def test_reviews_of_both_generations_are_reviews(found: Run) -> None:
    assert {item.title for item in found.items if item.kind is Kind.REVIEW} == {"Musée", "Café", "Appli"}


def test_a_list_of_places_may_begin_with_its_description(tmp_path: Path) -> None:
    (tmp_path / "Liste.csv").write_text(
        "Nos envies\n\nTitle,Note,URL,Tags,Comment\nLac,,https://example.org/lac,,Beau\n"
    )
    row, whole = run(tmp_path).items
    assert (row.title, row.text) == ("Lac", "Beau")
    assert (whole.text, whole.details["places"]) == ("Nos envies", ["https://example.org/lac"])  # type: ignore[index]


def test_a_payment_counts_once_though_play_tells_it_as_order_and_as_purchase(found: Run) -> None:
    assert [item.amount for item in found.items if item.kind is Kind.PURCHASE] == ["4.99"]
    order = keyed(found, "play", "orderHistory")
    assert (order.kind, order.amount, order.currency) == (Kind.TRANSACTION, "1234.50", "USD")


def test_a_payment_of_google_pay_has_its_minute(found: Run) -> None:
    paid = keyed(found, "pay", "inv-1")
    assert paid.when == Moment(1_609_689_900_000_000, None, Precision.MINUTE)
    assert (paid.amount, paid.currency, paid.stable) == ("4.99", "EUR", True)


def test_two_accesses_that_look_alike_are_two(found: Run) -> None:
    accesses = [item for item in found.items if item.kind is Kind.SIGN_IN]
    assert len({item.key for item in accesses}) == 2


def test_a_task_stands_at_the_day_it_is_due(found: Run) -> None:
    assert keyed(found, "task", "task-1").when == Moment(1_675_382_400_000_000, None, Precision.DAY)
    assert keyed(found, "task", "task-2").when == Moment(1_672_534_924_000_000, None, Precision.SECOND)


def test_a_list_without_tasks_is_a_list(found: Run) -> None:
    assert keyed(found, "task-list", "list-2").title == "Vide"


def test_the_profile_is_a_party(found: Run) -> None:
    (party,) = found.parties
    assert (party.name, party.handles) == ("Personne Inventée", (Handle("email", "personne@example.org"),))


def test_an_entry_of_an_unknown_shape_is_told_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "Takeout" / "Google Play Store"
    folder.mkdir(parents=True)
    (folder / "News.json").write_text(json.dumps([{"somethingNew": {"a": 1}}]))
    found = run(tmp_path)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("google-unknown-object", "record 1")]
    assert len(found.items) == 1


def test_files_of_drive_are_kept_whole(tmp_path: Path) -> None:
    folder = tmp_path / "Takeout" / "Drive" / "Dossier"
    folder.mkdir(parents=True)
    (folder / "lettre.docx").write_bytes(b"PK\x05\x06" + bytes(18))
    (folder / "note").write_text("une note")
    found = run(tmp_path)
    assert found.outcomes == {"kept": 2}
    assert sorted(item.title for item in found.items) == ["lettre.docx", "note"]
