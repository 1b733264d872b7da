"""CAMT: bundled payments, signs, states, and one entry in several messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from importers.records import Kind
from tests.banks.statements import FIXTURES, balances, keys, movements, of, read, shown
from tests.importing import run, sample


@pytest.mark.parametrize(
    ("file", "booked"),
    [
        ("camt053.v2.minimal.xml", ("2014-12-31", "8.85")),
        ("camt053.v2.with-party-ids.xml", ("2014-12-31", "8.85")),
        ("camt053.v4.xml", ("2014-12-31", "8.85")),
        ("camt053.v8.xml", ("2014-12-31", "8.85")),
        ("camt052.v2.xml", ("2007-10-18", "-200000")),
        ("camt054.v2.xml", ("2007-10-18", "-200000")),
    ],
)
def test_the_real_files_have_one_entry_each(file: str, booked: tuple[str, str]) -> None:
    found = run(sample(f"standards/camt/{file}"))
    assert movements(found) == [booked]
    assert not found.notices


def test_the_three_payments_of_the_real_notification_stay_inside_their_entry() -> None:
    (entry,) = of(run(sample("standards/camt/camt054.v2.xml")), Kind.TRANSACTION)
    assert len(entry.details["NtryDtls"]["TxDtls"]) == 3  # type: ignore[index]


def test_balances_may_have_other_currencies_than_entries() -> None:
    found = balances(run(sample("standards/camt/camt053.v8.xml")))
    assert [(amount, currency) for _, amount, currency in found] == [
        ("18.15", "EUR"),
        ("-27.00", "SEK"),
        ("35.00", "CHF"),
        ("-2700", "JPY"),
    ]


@pytest.mark.parametrize("file", ["camt053.v8.xml", "camt053.v2.with-party-ids.xml", "camt054.v2.xml"])
def test_every_text_of_the_real_files_is_in_a_record(file: str) -> None:
    path = sample(f"standards/camt/{file}")
    seen = " ".join(shown(run(path)).split())
    for text in re.findall(r">([^<>]+)<", path.read_text(encoding="utf-8")):
        assert " ".join(text.split()) in seen


def test_the_name_of_the_other_side_is_found_in_versions_2_and_8() -> None:
    for file in ("camt053.v2.minimal.xml", "camt053.v8.xml"):
        (entry,) = of(run(sample(f"standards/camt/{file}")), Kind.TRANSACTION)
        assert [(role.role, role.name) for role in entry.parties] == [("from", "NAME NAME")]


def test_amounts_of_bundled_payments_are_not_added() -> None:
    found = read("camt/statement.xml")
    assert movements(found) == [("2024-03-29", "-30.00"), ("2024-03-30", "12.50")]
    assert [role.name for role in found.items[1].parties] == ["LOU INVENTE", "EAU DE LA VALLEE"]


def test_an_entry_that_is_not_booked_is_no_movement_yet() -> None:
    (pending,) = of(read("camt/statement.xml"), Kind.OTHER)
    assert pending.amount == "-7.00"


def test_one_entry_in_a_report_and_in_a_statement_is_one_on_the_day_of_the_bank() -> None:
    report, statement = of(read("camt/report.xml"), Kind.TRANSACTION), of(read("camt/statement.xml"), Kind.TRANSACTION)
    assert report[0].key == statement[0].key


def test_a_broken_statement_gives_the_entries_before_the_damage_and_says_where(tmp_path: Path) -> None:
    data = (FIXTURES / "camt" / "statement.xml").read_bytes()
    path = tmp_path / "a.xml"
    path.write_bytes(data[: data.index(b"<RvslInd>")])
    found = run(path)
    assert movements(found) == [("2024-03-29", "-30.00")]
    assert [notice.reason for _, notice in found.notices] == ["xml-broken"]
    assert keys(found) & keys(read("camt/statement.xml"))


def test_a_balance_that_is_no_number_is_said_with_its_place_and_costs_nothing_else(tmp_path: Path) -> None:
    data = (FIXTURES / "camt" / "statement.xml").read_bytes()
    path = tmp_path / "a.xml"
    path.write_bytes(data.replace(b">100.00<", b">cent<"))
    found = run(path)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("bank-balance-unread", f"byte {data.index(b'<Bal>')}")
    ]
    assert "cent" in shown(found)
    assert movements(found) == movements(read("camt/statement.xml"))
