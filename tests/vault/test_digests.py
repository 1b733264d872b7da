"""A page put back as it was passes every check of pages; the digests find it."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from importers.records import Handle, Role
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, content, item, pulse
from vault_app.vault import digests, driver, header
from vault_app.vault import vault as vault_module
from vault_app.vault.errors import DamagedVault
from vault_app.vault.header import Unlocked
from vault_app.vault.keys import Key
from vault_app.vault.vault import Vault

PAGE = driver.PAGE
_KEYS: dict[Path, bytes] = {}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A closed vault with items, actors and samples of two imports."""
    place = tmp_path / "Coffre"
    vault = Vault.create(place, PHRASE, profile=QUICK).vault
    role = Role("from", "Lucette", Handle("email", "lucette@example.org"))
    bring(vault, *(item(number, day=number, parties=(role,)) for number in range(300)), samples=pulse(0, 9000))
    bring(vault, *(item(number, day=number) for number in range(200, 400)), samples=pulse(40_000, 3000))
    _KEYS[place] = bytes(vault._data_key.bytes)
    vault.close()
    return place


def opened(place: Path) -> Vault:
    """Open without the time that the derivation of the key takes."""
    place_key = Key(bytearray(_KEYS[place]))
    return vault_module._opened(place, lambda: Unlocked(place_key, header.read(place)[0].header, healed=False))


def dump(place: Path) -> dict[str, bytes]:
    """A hash over the rows of every table, those inside the full text too."""
    vault, found = opened(place), {}
    tables = vault._writer.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")
    for (name,) in tables.fetchall():
        rows = vault._writer.execute(f'SELECT * FROM "{name}"').fetchall()
        found[name] = hashlib.blake2b(repr(sorted(map(repr, rows))).encode()).digest()
    vault._leave()
    return found


def change(place: Path, *statements: str) -> None:
    """What somebody with the key could do by hand, without telling the vault."""
    vault = opened(place)
    for statement in statements:
        vault._writer.execute(statement)
    vault._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    vault._leave()


def problems(place: Path) -> tuple[str, ...]:
    vault = opened(place)
    found = vault.verify().problems
    vault._leave()
    return found


def test_a_vault_as_it_was_written_verifies(filled):
    assert problems(filled) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE item SET text = 'autre' WHERE id = (SELECT max(id) FROM item)",
        "UPDATE item SET member = 1 WHERE id = (SELECT min(id) FROM item)",
        "UPDATE actor SET value = 'x@example.org'",
        "UPDATE notice SET reason = 'x'; ",
        "UPDATE member SET outcome = 'kept'",
        "UPDATE sampled SET n = n + 1",
        "UPDATE chunk SET t1 = t1 + 1 WHERE id = (SELECT max(id) FROM chunk)",
        "DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)",
        "UPDATE series SET unit = 'x'",
        "UPDATE source SET name = name || 'x'",
        "UPDATE import SET account = ''",
    ],
)
def test_a_row_that_was_changed_behind_the_vault_is_found(filled, statement):
    if "notice" in statement:
        statement = "INSERT INTO notice (import, member, position, reason, what) VALUES (1, 0, '', 'x', '')"
    change(filled, statement)
    found = problems(filled)
    assert found == (("parties", "digests") if statement.startswith("UPDATE actor") else ("digests",))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acting SET n = n + 1",
        "UPDATE acting SET met = 1",
        "UPDATE acting SET key = key || 'x'",
        "UPDATE acting SET source = 3",
        "DELETE FROM acting",
        "INSERT INTO card_key (party, key) VALUES (7, 'email:x@example.org')",
    ],
)
def test_parties_that_say_something_else_than_the_facts_are_found(filled, statement):
    change(filled, statement)
    assert problems(filled) == ("parties",)


def test_a_decision_of_the_person_that_was_changed_is_found(filled):
    change(filled, "INSERT INTO same_party (one, other, same) VALUES ('a', 'b', 1)")
    assert problems(filled) == ("digests",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE item_text_data SET block = block || x'00' WHERE id = (SELECT max(id) FROM item_text_data)",
        "DELETE FROM item_text_idx WHERE term = (SELECT max(term) FROM item_text_idx)",
        "UPDATE item_text_config SET v = 5 WHERE k = 'version'",
        "INSERT INTO item_text (rowid, title) VALUES (77, 'inconnu')",
    ],
)
def test_a_full_text_that_was_changed_behind_the_vault_is_found(filled, statement):
    change(filled, statement)
    assert "digests" in problems(filled)


def test_each_old_page_put_back_is_found(filled, tmp_path):
    """Of an earlier state of the vault every page that differs is put back alone: its HMAC is right, it is old."""
    old = tmp_path / "old.db"
    database = next(filled.glob("*.db"))
    shutil.copyfile(database, old)
    vault = opened(filled)
    bring(vault, *(item(number, day=number) for number in range(390, 420)), samples=pulse(10_000, 20, seed=3))
    vault.imports.undo(1)
    vault.close()
    now, before = database.read_bytes(), old.read_bytes()
    places = [
        at for at in range(PAGE, min(len(now), len(before)), PAGE) if now[at : at + PAGE] != before[at : at + PAGE]
    ]
    assert len(places) > 8
    whole, missed = dump(filled), []
    for at in places:
        database.write_bytes(now[:at] + before[at : at + PAGE] + now[at + PAGE :])
        with suppress(DamagedVault, driver.DatabaseError):  # a vault that does not open says so as well
            if not problems(filled):
                missed += [name for name, rows in dump(filled).items() if rows != whole[name]]
    assert missed == []


def test_the_header_vouches_for_a_state_only_while_nothing_was_changed_since(filled):
    def kept() -> bytes:
        return header.read(filled)[0].header.state_digest

    assert len(kept()) == 32
    vault = opened(filled)
    content(vault)
    assert len(kept()) == 32
    bring(vault, item(999))
    assert kept() == b""
    vault.close()
    assert len(kept()) == 32


def test_undo_leaves_digests_that_are_right_for_those_that_inherit(filled):
    vault = opened(filled)
    before = vault._writer.execute("SELECT content FROM import WHERE id = 2").fetchone()
    vault.imports.undo(1)
    assert vault._writer.execute("SELECT content FROM import WHERE id = 2").fetchone() != before
    assert vault.verify().problems == ()
    vault.close()
    assert problems(filled) == ()


def test_the_state_is_a_keyed_hash(filled):
    vault = opened(filled)
    one = digests.state(vault._writer, vault._digest_key)
    assert one == digests.kept_state(vault._writer, vault._digest_key)
    assert one != digests.kept_state(vault._writer, vault._ledger_key)
    assert one == vault._header.state_digest
    vault._leave()


def test_marks_of_the_full_text_follow_its_merges(filled):
    vault = opened(filled)
    for n in range(20):
        bring(vault, *(item(number, day=number) for number in range(1000 + 40 * n, 1040 + 40 * n)))
    vault.imports.undo(5)
    assert vault.verify().problems == ()
    vault.close()
    assert problems(filled) == ()
