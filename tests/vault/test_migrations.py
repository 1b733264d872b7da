"""An older vault becomes today's step by step; the way back stands beside it until all is well."""

from __future__ import annotations

import zipfile
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


NOW = vault_module.SCHEMA
STEPS = (Step(NOW + 1, _tags), Step(NOW + 2, _colours))
GOLDEN = Path(__file__).with_name("golden")


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
    monkeypatch.setattr(vault_module, "SCHEMA", NOW + 2)
    monkeypatch.setattr(migrations, "STEPS", STEPS)


def test_an_older_vault_is_brought_up_to_date_when_it_opens(old, newer):
    vault = Vault.open(old, PHRASE)
    assert migrations.version(vault._writer) == NOW + 2
    assert vault._writer.execute("SELECT name, colour FROM tag").fetchall() == [("vacances", "bleu")]
    lines = [line.detail for line in ledger.lines(vault._writer) if line.op == "migration"]
    assert lines == [{"from": NOW, "to": NOW + 1}, {"from": NOW + 1, "to": NOW + 2}]
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
    assert migrations.version(again._writer) == NOW
    assert len(content(again)[1]) == 2
    again._leave()


def test_a_step_that_fails_leaves_whole_steps_and_the_next_opening_goes_on(old, newer, monkeypatch):
    def breaks(connection: Connection) -> None:
        _colours(connection)
        connection.execute("SELECT nonsense")

    monkeypatch.setattr(migrations, "STEPS", (STEPS[0], Step(NOW + 2, breaks)))
    with pytest.raises(OperationalError):
        Vault.open(old, PHRASE)
    monkeypatch.setattr(migrations, "STEPS", STEPS)
    vault = Vault.open(old, PHRASE)
    assert migrations.version(vault._writer) == NOW + 2
    assert vault._writer.execute("SELECT count(*) FROM tag").fetchone() == (1,)
    vault.close()


def test_a_newer_vault_is_refused_and_stays_as_it_is(old, newer, monkeypatch):
    Vault.open(old, PHRASE).close()
    before = {path.name: path.read_bytes() for path in old.iterdir() if path.is_file()}
    monkeypatch.undo()
    with pytest.raises(NewerVault):
        Vault.open(old, PHRASE)
    assert {path.name: path.read_bytes() for path in old.iterdir() if path.is_file()} == before


def _shape(connection: Connection) -> list[tuple[str, ...]]:
    """Names and columns of all tables and indexes but those inside the full text."""
    names = (
        "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name NOT LIKE 'item_text%' ORDER BY 2"
    )
    return [
        (
            kind,
            name,
            str(connection.execute(f'PRAGMA {"table" if kind == "table" else "index"}_xinfo("{name}")').fetchall()),
        )
        for kind, name in connection.execute(names).fetchall()
    ]


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.zip")), ids=lambda path: path.stem)
def test_a_vault_that_an_earlier_version_wrote_opens_whole_and_has_todays_shape(golden, tmp_path):
    with zipfile.ZipFile(golden) as kept:
        kept.extractall(tmp_path / "Coffre")
    vault = Vault.open(tmp_path / "Coffre", PHRASE)
    try:
        assert migrations.version(vault._writer) == vault_module.SCHEMA
        assert vault.verify().problems == ()
        texts = [fact["text"] for fact in content(vault)[1]]
        assert sorted(texts) == [f"message {number}" for number in (1, 2, 3, 4)]
        acting = vault._writer.execute("SELECT key, sum(n), sum(met) FROM acting GROUP BY key ORDER BY key").fetchall()
        assert acting == [
            ("email:Lucette@example.org", 1, 1),
            ("email:lucette@example.org", 1, 1),
            ("facebook:name:Ahmed Imaginé", 1, 1),
            ("facebook:name:Lucette Inventée", 2, 2),
        ]
        cards = vault._writer.execute("SELECT key FROM card_key ORDER BY key").fetchall()
        assert cards == [("email:lucette@example.org",), ("phone:+33600000001",)]
        new = Vault.create(tmp_path / "Neuf", PHRASE, profile=QUICK).vault
        assert _shape(vault._writer) == _shape(new._writer)
        new.close()
    finally:
        vault.close()
    again = Vault.open(tmp_path / "Coffre", PHRASE)
    assert again.verify().problems == ()
    again.close()
