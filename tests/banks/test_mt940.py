"""MT940: dialects, wrapped lines, days without a year, and days that do not exist."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from importers.banks.mt940_words import words
from importers.records import Kind
from tests.banks.statements import FIXTURES, balances, keys, movements, of, read, shown
from tests.importing import Run, run, sample

REAL = {
    "jejik/ing.sta": 7,
    "jejik/abnamro.sta": 10,
    "jejik/rabobank-iban.sta": 4,
    "betterplace/sepa_snippet.sta": 11,
    "mBank/mt940.sta": 3,
    "self-provided/sparkassen.sta": 1,
    "citi/mt940.txt": 5,
}


def written(tmp_path: Path, entry: str) -> Run:
    path = tmp_path / "a.sta"
    path.write_text(f":20:A\n:25:1\n:28C:1\n:60F:C240101EUR1,\n{entry}\n:62F:C240101EUR1,\n-\n", encoding="utf-8")
    return run(path)


@pytest.mark.parametrize(("file", "count"), REAL.items())
def test_the_real_files_have_all_their_entries(file: str, count: int) -> None:
    found = run(sample(f"standards/mt940/{file}"))
    assert len(movements(found)) == len({item.key for item in of(found, Kind.TRANSACTION)}) == count
    assert not found.notices


@pytest.mark.parametrize("file", REAL)
def test_every_line_of_the_real_files_is_in_a_record(file: str) -> None:
    path = sample(f"standards/mt940/{file}")
    seen = shown(run(path))
    for line in path.read_text(encoding="utf-8").splitlines():
        assert line.removeprefix(":61:").removeprefix(":86:").removeprefix("86:").strip(": ") in seen


@pytest.mark.parametrize("file", ["jejik/rabobank-iban.sta", "mBank/mt940.sta", "citi/mt940.txt"])
def test_the_entries_of_real_files_lead_from_one_balance_to_the_next(file: str) -> None:
    found = run(sample(f"standards/mt940/{file}"))
    first, last = balances(found)[0], balances(found)[-1]
    moved = sum(Decimal(amount) for _, amount in movements(found))
    assert Decimal(first[1] or "") + moved == Decimal(last[1] or "")


def test_letters_between_the_way_and_the_amount_are_of_the_currency() -> None:
    found = run(sample("standards/mt940/citi/mt940.txt"))
    assert [amount for _, amount in movements(found)] == ["-212.39", "-369.28", "0.00", "0.00", "-561.08"]
    assert movements(run(sample("standards/mt940/self-provided/sparkassen.sta"))) == [("2018-11-26", "30.00")]


def test_the_sub_fields_of_german_banks_name_the_other_side() -> None:
    first = of(run(sample("standards/mt940/betterplace/sepa_snippet.sta")), Kind.TRANSACTION)[0]
    assert [(role.role, role.name) for role in first.parties] == [("from", "KARL KAUFMANN")]
    assert first.amount == "50990.05"


def test_an_entry_day_of_december_under_a_value_day_of_january_is_of_the_year_before() -> None:
    assert movements(read("mt940/statement.sta"))[0] == ("2023-12-31", "-12.5")


def test_the_30th_of_february_is_the_last_day_of_february() -> None:
    assert movements(read("mt940/statement.sta"))[1] == ("2024-02-29", "20")


def test_a_credit_that_is_taken_back_leaves() -> None:
    assert movements(read("mt940/statement.sta"))[2] == ("2024-03-01", "-5.00")


@pytest.mark.parametrize("clock", [":26:37 au guichet", ":20:37 au guichet", ":25:07"])
def test_a_wrapped_text_whose_line_begins_like_a_tag_stays_a_text(tmp_path: Path, clock: str) -> None:
    found = written(tmp_path, f":61:240102C5,NMSCNONREF\n:86:retrait a 12\n{clock}\n:61:240103C6,NMSCNONREF\n:86:b")
    assert [item.text for item in of(found, Kind.TRANSACTION)] == [f"retrait a 12\n{clock}", "b"]
    assert {item.key[1] for item in of(found, Kind.TRANSACTION)} == {"1"}


def test_an_entry_that_cannot_be_read_is_kept_and_said_and_costs_no_other(tmp_path: Path) -> None:
    found = written(tmp_path, ":61:xxxxxx\n:86:quoi\n:61:240103C6,NMSCNONREF\n:86:b")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("row-date", "line 5"),
        ("row-number", "line 5"),
    ]
    assert movements(found) == [("", ""), ("2024-01-03", "6")]


def test_a_day_in_the_13th_month_is_said(tmp_path: Path) -> None:
    found = written(tmp_path, ":61:241303C6,NMSCNONREF")
    assert [notice.reason for _, notice in found.notices] == ["row-date"]
    assert movements(found) == [("", "6")]


def test_an_interim_report_and_the_statement_share_their_entries(tmp_path: Path) -> None:
    text = (FIXTURES / "mt940" / "statement.sta").read_text(encoding="utf-8")
    path = tmp_path / "interim.txt"
    path.write_text(text.replace(":60F:C231229EUR1000,", ":34F:EUR0,"), encoding="utf-8")
    ours = {key for key in keys(run(path)) if key[0] is Kind.TRANSACTION}
    assert ours == {key for key in keys(read("mt940/statement.sta")) if key[0] is Kind.TRANSACTION}


def test_words_between_slashes_are_joined_where_the_line_was_wrapped() -> None:
    assert words(["/EREF/E1/NAME/LOU INV", "ENTE/REMI/loyer/"]).name == "LOU INVENTE"


def test_clock_times_in_the_files_of_others_are_no_tags(tmp_path: Path) -> None:
    path = tmp_path / "messages.csv"
    path.write_text("at,text\n2024-01-02 10:20:25:28,a\n10:25:20:60,b\n11:28:61:86,c\n", encoding="utf-8")
    assert not run(path).readers[path.name].startswith("mt940")
