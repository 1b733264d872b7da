"""Contacts as a table: two generations of headers, several values in a cell, lists that repeat each other."""

from __future__ import annotations

from importers.records import Handle
from tests.google.test_fixtures import FIXTURES
from tests.importing import run


def test_a_contact_in_several_lists_and_generations_is_one() -> None:
    found = run(FIXTURES / "contacts")
    assert len(found.parties) == 4
    assert {party.name: party.type for party in found.parties} == {
        "Anna Inventée": "person",
        "Boulangerie Inventée": "organisation",
    }
    assert len({party.key for party in found.parties}) == 2


def test_a_cell_with_several_values_gives_several_handles() -> None:
    party = next(party for party in run(FIXTURES / "contacts").parties if party.name == "Anna Inventée")
    assert party.handles == (
        Handle("email", "anna@example.org"),
        Handle("email", "anna.bis@example.org"),
        Handle("phone", "+33000000003"),
    )
