"""SNCF Connect's answer: tables below each other, local times with a ``Z``, tickets that were only held."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "sncf_connect"
ANSWER = FIXTURES / "extraction.csv"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_answer_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ANSWER, FIXTURES / "answer.golden.jsonl", regenerate=regenerate)


def test_a_departure_is_in_french_local_time_although_a_z_stands_behind_it() -> None:
    ticket = of(run(ANSWER), "ticket")[0]
    assert ticket.when is not None
    assert (ticket.when.us, ticket.when.offset) == (us(2024, 7, 13, 13, 56), None)
    assert (ticket.title, ticket.amount, ticket.currency) == ("GRENOBLE → PARIS GARE DE LYON", "48.5", "EUR")


def test_two_tickets_for_one_departure_are_one_trip_and_both_amounts_count() -> None:
    first, second = of(run(ANSWER), "ticket")[:2]
    assert (first.kind, second.kind) == (Kind.TRIP, Kind.PURCHASE)
    assert Decimal(first.amount) + Decimal(second.amount) == Decimal("59.2")


def test_a_ticket_that_was_only_held_is_no_trip_and_has_no_amount() -> None:
    held = of(run(ANSWER), "ticket")[2]
    assert (held.kind, held.amount) == (Kind.OTHER, "")


def test_a_card_begins_on_the_day_from_which_it_is_valid() -> None:
    (card,) = of(run(ANSWER), "card")
    assert card.when is not None
    assert (card.kind, card.title, card.amount) == (Kind.SUBSCRIPTION, "Carte Avantage", "49")
    assert (card.when.us, card.when.precision) == (us(2024, 1, 28), Precision.DAY)


def test_the_person_and_sections_that_nobody_has_described_are_kept() -> None:
    found = run(ANSWER)
    assert [party.name for party in found.parties] == ["LOU INVENTÉE"]
    (sent,) = of(found, "communications")
    assert sent.details["sujet"] == "Votre voyage"  # type: ignore[index]
    assert not of(found, "catalogue ter")


def test_no_cell_is_lost() -> None:
    found = run(ANSWER)
    held = str([item.details for item in (*found.items, *found.parties)])
    lines = ANSWER.read_bytes().decode("cp1252").split("\r\n")
    cells = {cell for line in lines if "mainAddress" not in line and line.count("@") for cell in line.split(";")}
    assert not {cell for cell in cells if cell.replace("'", "") not in held.replace("'", "")}
    assert "2 RUE DU TEST" in held


def test_a_ticket_without_a_sound_date_is_kept_and_said_with_its_line() -> None:
    found = run(ANSWER)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 19")]
    assert of(found, "ticket")[3].when is None


def test_a_renamed_and_cut_answer_is_recognised_and_has_the_same_keys(tmp_path: Path) -> None:
    data = ANSWER.read_bytes()
    (tmp_path / "0001.csv").write_bytes(data[: data.index(b"CMD3")])
    found = run(tmp_path)
    assert found.readers == {"0001.csv": "sncf-connect.answer"}
    assert [item.key for item in of(found, "ticket")][:2] == [item.key for item in of(run(ANSWER), "ticket")][:2]
    shutil.copy(ANSWER, tmp_path / "0001.csv")
    assert [item.key for item in run(tmp_path).items] == [item.key for item in run(ANSWER).items]
