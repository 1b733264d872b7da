"""The way from a fact to its mail and back, through re-imports and undo."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from importers.records import Kind
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore.fact import Fact
from vault_app.explore.facts import facts
from vault_app.explore.letters import message_id, related
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault

BOX = Path(__file__).resolve().parents[1] / "fixtures" / "mail" / "achats.mbox"


DATELESS = """Return-Path: <b@boutique.example>
Message-ID: <1@boutique.example>
From: b@boutique.example
Subject: Votre compte a été créé
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Bonjour
"""


def bring(vault: Vault, path: Path) -> int:
    """Import; how many facts are new."""
    with closing_parts([path]) as parts:
        return run_import(vault, replace(recognise(parts), digest=path.name)).new


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = tmp_path_factory.mktemp("letters")
    (folder / "box").mkdir()
    (folder / "box" / "1.eml").write_text(DATELESS, encoding="utf-8")
    (folder / "box" / "2.mbox").write_bytes(BOX.read_bytes())
    with zipfile.ZipFile(folder / "box.zip", "w") as made_zip:
        for path in sorted((folder / "box").iterdir()):
            made_zip.write(path, path.name)
    made = Vault.create(folder / "vault", PHRASE, profile=QUICK).vault
    assert bring(made, folder / "box.zip") == 20 + 18 + 2
    yield made
    made.close()


def one(vault: Vault, kind: Kind, title: str) -> Fact:
    (found,) = (fact for fact in facts(vault, Selection(kinds=(kind,))) if title in fact.title)
    return found


def test_every_fact_leads_to_the_mail_that_told_it(vault: Vault) -> None:
    told = [fact for fact in facts(vault, Selection()) if fact.kind is not Kind.MESSAGE]
    assert len(told) == 18 + 1
    for fact in told:
        letters = related(vault, fact)
        assert letters, fact.title
        assert {letter.kind for letter in letters} == {Kind.MESSAGE}


def test_a_fact_that_two_mails_tell_leads_to_both_and_the_first_of_them_to_it(vault: Vault) -> None:
    flight = one(vault, Kind.TRIP, "Paris Charles de Gaulle")
    letters = related(vault, flight)
    assert [letter.title for letter in letters] == [
        "Your itinerary, booking LKQ7VD",
        "Reminder: you leave in two days",
    ]
    assert flight.id in {fact.id for fact in related(vault, letters[0])}


def test_a_mail_leads_to_all_that_it_tells_and_to_nothing_else(vault: Vault) -> None:
    table = one(vault, Kind.MESSAGE, "See you on Saturday")
    assert {fact.title for fact in related(vault, table)} == {
        "La Table Bleue",
        "Quatuor des Marées",
        "Citadine, Gare de Port-Clair",
    }
    assert message_id(table) == "<table-1@table-bleue.example>"
    assert related(vault, one(vault, Kind.MESSAGE, "bienvenue dans les soldes")) == []


def test_a_mail_without_a_time_is_found_by_its_subject(vault: Vault) -> None:
    account = one(vault, Kind.SETTING, "Votre compte a été créé")
    (letter,) = related(vault, account)
    assert letter.start is None
    assert [fact.id for fact in related(vault, letter)] == [account.id]


def test_a_second_import_adds_nothing_and_undo_takes_the_way_with_the_mail(tmp_path: Path) -> None:
    mails = BOX.read_text(encoding="utf-8").split("\n\nFrom ")
    first, second = tmp_path / "first.mbox", tmp_path / "second.mbox"
    first.write_text("From " + mails[2] + "\n\n", encoding="utf-8")
    second.write_text("\n\nFrom ".join(["From " + mails[3], mails[2]]) + "\n\n", encoding="utf-8")
    vault = Vault.create(tmp_path / "vault", PHRASE, profile=QUICK).vault
    try:
        assert [bring(vault, path) for path in (first, second)] == [3, 1]  # the reminder is new, the trip is not
        assert len(related(vault, one(vault, Kind.TRIP, "Paris Charles"))) == 2
        vault.imports.undo(min(row.id for row in vault.imports.complete()))
        assert len(related(vault, one(vault, Kind.TRIP, "Paris"))) == 2
        vault.imports.undo(max(row.id for row in vault.imports.complete()))
        assert list(facts(vault, Selection())) == []
        assert not vault.verify().problems
    finally:
        vault.close()
