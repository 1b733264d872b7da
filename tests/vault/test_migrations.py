"""An older vault becomes today's step by step; the way back stands beside it until all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, content, item
from vault_app.vault import ledger, migrations
from vault_app.vault import vault as vault_module
from vault_app.vault.driver import Connection, OperationalError
from vault_app.vault.errors import NewerVault
from vault_app.vault.migrations import Step
from vault_app.vault.vault import Vault


def _tags(connection: Connection) -> None:
    connection.execute("CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")


def _colours(connection: Connection) -> None:
    connection.execute("ALTER TABLE tag ADD COLUMN colour TEXT NOT NULL DEFAULT 'bleu'")
    connection.execute("INSERT INTO tag (name) VALUES ('vacances')")


STEPS = (Step(2, _tags), Step(3, _colours))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A vault of today; for these tests the version of before an invented one."""
    place = tmp_path / "Coffre"
    vault = Vault.create(place, PHRASE, profile=QUICK).vault
    bring(vault, item(1), item(2))
    vault.close()
    return place


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application of an invented later version."""
    monkeypatch.setattr(vault_module, "SCHEMA", 3)
    monkeypatch.setattr(migrations, "STEPS", STEPS)


def test_an_older_vault_is_brought_up_to_date_when_it_opens(old, newer):
    vault = Vault.open(old, PHRASE)
    assert migrations.version(vault._writer) == 3
    assert vault._writer.execute("SELECT name, colour FROM tag").fetchall() == [("vacances", "bleu")]
    lines = [line.detail for line in ledger.lines(vault._writer) if line.op == "migration"]
    assert lines == [{"from": 1, "to": 2}, {"from": 2, "to": 3}]
    assert len(content(vault)[1]) == 2
    assert not vault.verify().problems
    assert len(list(old.glob("*.db.before"))) == 1
    vault.close()
    assert not list(old.glob("*.before*"))
    vault = Vault.open(old, PHRASE)
    assert not vault.verify().problems
    vault.close()


def test_the_copy_beside_it_is_the_vault_as_it_was(old, newer, monkeypatch):
    vault = Vault.open(old, PHRASE)
    vault._leave()
    (copy,) = old.glob("*.db.before")
    copy.replace(next(old.glob("*.db")))
    monkeypatch.undo()
    again = Vault.open(old, PHRASE)
    assert migrations.version(again._writer) == 1
    assert len(content(again)[1]) == 2
    again._leave()


def test_a_step_that_fails_leaves_whole_steps_and_the_next_opening_goes_on(old, newer, monkeypatch):
    def breaks(connection: Connection) -> None:
        _colours(connection)
        connection.execute("SELECT nonsense")

    monkeypatch.setattr(migrations, "STEPS", (STEPS[0], Step(3, breaks)))
    with pytest.raises(OperationalError):
        Vault.open(old, PHRASE)
    monkeypatch.setattr(migrations, "STEPS", STEPS)
    vault = Vault.open(old, PHRASE)
    assert migrations.version(vault._writer) == 3
    assert vault._writer.execute("SELECT count(*) FROM tag").fetchone() == (1,)
    vault.close()


def test_a_newer_vault_is_refused_and_stays_as_it_is(old, newer, monkeypatch):
    Vault.open(old, PHRASE).close()
    before = {path.name: path.read_bytes() for path in old.iterdir() if path.is_file()}
    monkeypatch.undo()
    with pytest.raises(NewerVault):
        Vault.open(old, PHRASE)
    assert {path.name: path.read_bytes() for path in old.iterdir() if path.is_file()} == before
