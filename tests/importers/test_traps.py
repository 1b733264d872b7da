"""The traps that the descriptions of formats name: ``docs/traps.md`` lists the test of each, and all of them exist.

Here stand those that belong to no single family, or had no test of their name in the room of theirs.
"""

from __future__ import annotations

import ast
import json
import re
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import Run, run

TESTS = Path(__file__).resolve().parents[1]
TABLE = TESTS.parent / "docs" / "traps.md"
ROWS = re.findall(r"^\| (.+?) \| `([\w/]+\.py)::(test_\w+)` \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
PRM = "00000000000017"


@pytest.mark.parametrize(("trap", "path", "name"), ROWS, ids=[name for _, _, name in ROWS])
def test_the_test_of_a_trap_exists(trap: str, path: str, name: str) -> None:
    assert name in names_in(path), trap


def test_every_row_of_the_table_names_a_test() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    heads = [line for line in lines if line == "| Trap | Test |"]
    assert len(ROWS) == len(lines) - len(heads) > 130
    assert len({trap for trap, _, _ in ROWS}) == len(ROWS)


def test_mean_power_is_not_energy(tmp_path: Path) -> None:
    """Two half hours of 1,000 W are one kilowatt-hour, not two: the series says W, each with its half hour."""
    found = curve(tmp_path, ("2024-03-02T00:30:00+01:00;1000", "2024-03-02T01:00:00+01:00;1000"), end="\n")
    (power,) = found.samples
    assert (power.series, power.unit) == ("electricity-power", "W")
    assert power.end is not None
    assert power.value is not None
    hours = (power.end - power.start) / 3_600_000_000
    assert float((power.value.floats() * hours).sum()) == 1000


def test_a_number_at_a_cut_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    """``4`` may be the beginning of ``410``: a row that ends before its last column is said, and no value."""
    path = tmp_path / "mes-puissances-atteintes-30min-000000000042-00000.csv"
    head = "\nRécapitulatif de mes puissances atteintes en W\n\nHeure;Puissance atteinte (W);Nature de la donnée\n"
    rows = "\n27/10/2025;;\n03:00:00;410;Réelle\n02:30:00;4"
    path.write_bytes((head + rows).encode("cp1252"))
    found = run(path)
    (power,) = found.samples
    assert power.value is not None
    assert list(power.value.texts()) == ["410"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("energy-row", "line 8")]


def test_hardware_addresses_stay_inside_the_details_and_name_nobody(tmp_path: Path) -> None:
    address = "207301736529"
    fix = {"latitudeE7": 451880000, "longitudeE7": 57240000, "timestamp": "2021-05-01T08:00:00.000Z", "accuracy": 20}
    scan = fix | {"activeWifiScan": {"accessPoints": [{"mac": address, "strength": -60}]}}
    path = tmp_path / "Records.json"
    path.write_text(json.dumps({"locations": [scan]}), encoding="utf-8")
    found = run(path)
    shown = [text for item in found.items for text in (item.title, item.text, *(role.name for role in item.parties))]
    assert not any(address in text for text in shown)
    assert not found.parties
    assert any(address in line for line in found.lines()), "kept, where only the record itself shows it"


def test_steps_of_watch_and_telephone_keep_their_device(tmp_path: Path) -> None:
    row = '<Record type="HKQuantityTypeIdentifierStepCount" sourceName="{}" unit="count" creationDate="{at}" startDate="{at}" endDate="{at}" value="120"/>'
    at = "2024-05-01 10:00:00 +0200"
    path = tmp_path / "export.xml"
    rows = row.format("Montre", at=at) + "\n" + row.format("Téléphone", at=at)
    path.write_text(f'<?xml version="1.0"?>\n<HealthData locale="fr_FR">\n{rows}\n</HealthData>\n', encoding="utf-8")
    lines = [line for line in run(path).lines() if '"record": "samples"' in line]
    assert sum(line.count("Montre") + line.count("Téléphone") for line in lines) == 2, "two devices, to be told apart"


def test_the_passwords_of_apple_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "Passwords.csv"
    path.write_text(
        "Title,URL,Username,Password,Notes,OTPAuth\nSite,https://a.example,lou,s3cret,,\n", encoding="utf-8"
    )
    found = run(path)
    assert found.outcomes == {"skipped": 1}
    assert "s3cret" not in "".join(found.lines())
    assert not found.files


@pytest.mark.parametrize("total", [1, 9, 900])
def test_a_wrong_total_of_mastodon_changes_nothing(tmp_path: Path, total: int) -> None:
    post = {"id": "p1", "type": "Note", "content": "<p>Bonjour</p>", "published": "2024-01-01T08:00:00Z", "to": []}
    act = {"id": "a1", "type": "Create", "actor": "x", "published": "2024-01-01T08:00:00Z", "object": post}
    box = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json", "type": "OrderedCollection"}
    (tmp_path / "outbox.json").write_text(json.dumps(box | {"totalItems": total, "orderedItems": [act]}), "utf-8")
    found = run(tmp_path)
    assert sum(found.kinds.values()) == 1
    assert not found.notices


@pytest.mark.parametrize("name", ["../../etc/conversations.json", "/conversations.json", "a/" * 60 + "x.json"])
def test_a_name_that_leads_out_of_the_archive_leads_nowhere(tmp_path: Path, name: str) -> None:
    """Nothing is ever unpacked: a name is shown, and never opened."""
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, json.dumps([conversation("Bonjour")]))
    found = run(path)
    assert [item.text for item in found.items if item.kind is Kind.MESSAGE] == ["Bonjour"]
    assert not found.files
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["archive.zip"]


def test_markup_in_the_words_of_an_assistant_stays_as_it_is_written(tmp_path: Path) -> None:
    words = '**Gras** $x^2$ <img src="https://a.example/p.png"> <script>alert(1)</script>'
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps([conversation(words)]), encoding="utf-8")
    found = run(path)
    assert [item.text for item in found.items if item.kind is Kind.MESSAGE] == [words]
    assert not found.files


def test_a_total_that_every_line_of_an_order_repeats_is_not_added_up(tmp_path: Path) -> None:
    """The subtotal of the shipment stands on each of its lines; what was paid for a line, tax included, is its own."""
    lines = orders(tmp_path, [order("A1", "Lampe", "12", "30", "EUR"), order("A1", "Ampoule", "24", "30", "EUR")])
    assert sum(Decimal(item.amount) for item in lines) == 36
    assert [fields(item)["Shipment Item Subtotal"] for item in lines] == ["30", "30"]


def test_lines_in_several_currencies_keep_each_its_own(tmp_path: Path) -> None:
    lines = orders(tmp_path, [order("A1", "Lampe", "12", "10", "EUR"), order("B2", "Mug", "8", "8", "GBP")])
    assert [(item.amount, item.currency) for item in lines] == [("12", "EUR"), ("8", "GBP")]


def test_a_byte_order_mark_hides_no_title(tmp_path: Path) -> None:
    row = order("A1", "Lampe", "12", "10", "EUR")
    (plain,) = orders(tmp_path, [row])
    (marked,) = orders(tmp_path, [row], mark="\ufeff")
    assert (marked.key, marked.details) == (plain.key, plain.details)


@cache
def names_in(path: str) -> frozenset[str]:
    """The functions of a test module, read without running it."""
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def curve(tmp_path: Path, rows: tuple[str, ...], end: str) -> Run:
    path = tmp_path / f"courbe_{PRM}.csv"
    path.write_text("horodate ISO fin de pas;puissance moyenne (W)\n" + "\n".join(rows) + end, encoding="utf-8")
    return run(path)


def conversation(words: str) -> dict[str, object]:
    message = {"id": "m", "author": {"role": "user"}, "create_time": 1.7e9, "content": {"content_type": "text"}}
    message["content"] = {"content_type": "text", "parts": [words]}
    node = {"id": "m", "parent": None, "children": [], "message": message}
    return {"title": "Essai", "create_time": 1.7e9, "conversation_id": "c", "current_node": "m", "mapping": {"m": node}}


TITLES = (
    "Website,Order ID,Order Date,Purchase Order Number,Currency,Unit Price,Unit Price Tax,Shipping Charge,"
    "Total Discounts,Total Owed,Shipment Item Subtotal,Shipment Item Subtotal Tax,ASIN,Product Condition,Quantity,"
    "Payment Instrument Type,Order Status,Shipment Status,Ship Date,Shipping Option,Shipping Address,Billing Address,"
    "Carrier Name & Tracking Number,Product Name,Gift Message,Gift Sender Name,Gift Recipient Contact Details,Item Serial Number"
)


def order(number: str, product: str, owed: str, subtotal: str, currency: str) -> str:
    """A line of the table of orders; the price without its tax is a sixth less than what was paid."""
    price, tax = Decimal(owed) * 5 / 6, Decimal(owed) / 6
    cells = ["Amazon.fr", number, "2024-05-01T08:00:00Z", "", currency, f"{price:.2f}", f"{tax:.2f}", "0", "0", owed]
    cells += [subtotal, "0", f"B0{product}", "New", "1", "Carte", "Closed", "Shipped", "", "", "", "", "", product]
    return ",".join([*cells, "", "", "", ""])


def orders(tmp_path: Path, rows: list[str], mark: str = "") -> list[Item]:
    path = tmp_path / "Retail.OrderHistory.1.csv"
    path.write_text(mark + "\n".join([TITLES, *rows]) + "\n", encoding="utf-8")
    return run(path).items


def fields(item: Item) -> dict[str, object]:
    assert isinstance(item.details, dict)
    return item.details
