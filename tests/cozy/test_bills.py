"""Bills and refunds that Cozy's connectors have gathered."""

from __future__ import annotations

from pathlib import Path

from importers.records import Kind, Precision
from tests.importing import check_golden, run, sample

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "cozy" / "documents"


def test_the_invented_documents_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURE, FIXTURE.with_name("documents.golden.jsonl"), regenerate=regenerate)


def test_the_published_refunds_are_of_the_days_in_france_that_their_files_name() -> None:
    found = run(sample("ameli/cozy_bills_ameli_exemple.json"))
    days = [item.when.us // 86_400_000_000 for item in found.items if item.when]
    assert days == [17_546, 17_541]  # 15 and 10 January 2018
    assert [(item.amount, item.currency) for item in found.items] == [("2.84", "EUR"), ("17.5", "EUR")]
    assert found.kinds == {"transaction": 2}
    assert not found.notices
    assert "groupAmount" in "".join(found.lines())


def test_midnight_in_france_is_a_day_in_winter_and_in_summer() -> None:
    found = run(FIXTURE / "remboursements.json")
    whens = [item.when for item in found.items if item.when]
    assert [when.precision for when in whens] == [Precision.DAY, Precision.DAY]
    assert [when.us // 86_400_000_000 for when in whens] == [17_546, 17_727]


def test_bills_are_spent_pay_is_received_and_a_sign_of_money_is_a_currency() -> None:
    found = run(FIXTURE / "factures.json")
    assert [item.kind for item in found.items] == [Kind.PURCHASE, Kind.PURCHASE, Kind.TRANSACTION, Kind.PURCHASE]
    assert {item.currency for item in found.items} == {"EUR"}
    assert len({item.key for item in found.items}) == 4
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "record 4")]
