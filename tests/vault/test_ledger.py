"""The ledger: every change by somebody without the key is found."""

from __future__ import annotations

import random

import pytest

from vault_app.vault import driver, ledger
from vault_app.vault.header import Head
from vault_app.vault.keys import Key
from vault_app.vault.ledger import Op, Verdict


@pytest.fixture
def key(bare):
    return bare.data_key.subkey("ledger")


@pytest.fixture
def written(bare, key):
    with driver.durably(bare.connection):
        for n in range(40):
            head = ledger.append(bare.connection, key, list(Op)[n % len(Op)], {"import": n, "items": {"message": n}})
    return head


def test_a_ledger_as_it_was_written_is_whole(bare, key, written):
    assert ledger.verify(bare.connection, key, written) == Verdict(40, None)
    assert ledger.head(bare.connection) == written
    assert [line.n for line in ledger.lines(bare.connection)] == list(range(1, 41))
    assert ledger.lines(bare.connection)[3].detail == {"import": 3, "items": {"message": 3}}


def test_lines_after_the_head_of_the_header_are_no_damage(bare, key, written):
    ledger.append(bare.connection, key, Op.VERIFY)
    assert ledger.verify(bare.connection, key, written) == Verdict(41, None)


def test_an_empty_ledger_is_whole_and_starts_at_zero(bare, key):
    assert ledger.verify(bare.connection, key) == Verdict(0, None)
    assert ledger.head(bare.connection) == Head(0, bytes(32))


def test_edits_removals_swaps_and_cuts_are_all_found(bare, key, written):
    rows = bare.connection.execute("SELECT n, time, op, detail, mac FROM ledger").fetchall()
    chance = random.Random(7)
    for _ in range(300):
        changed, at = [list(row) for row in rows], chance.randrange(40)
        match chance.randrange(6):
            case 0:
                changed[at][1] += chance.choice((-1, 1))
            case 1:
                changed[at][2] = "verify" if changed[at][2] != "verify" else "delete"
            case 2:
                changed[at][3] = changed[at][3].replace("import", "impart")
            case 3:
                del changed[at]
            case 4:
                other = (at + 1) % 40
                changed[at][1:], changed[other][1:] = changed[other][1:], changed[at][1:]
            case 5:
                del changed[at:]
        with driver.transaction(bare.connection):
            bare.connection.execute("DELETE FROM ledger")
            bare.connection.executemany("INSERT INTO ledger VALUES (?, ?, ?, ?, ?)", changed)
        assert ledger.verify(bare.connection, key, written).broken is not None


def test_a_chain_written_anew_with_another_key_is_found(bare, key, written):
    other = Key.random()
    bare.connection.execute("DELETE FROM ledger")
    for _ in range(40):
        ledger.append(bare.connection, other, Op.VERIFY)
    assert ledger.verify(bare.connection, key, written).broken == 1


def test_the_owner_who_writes_it_anew_is_pinned_by_the_printed_head(bare, key, written):
    printed = ledger.printed(written)
    assert len(printed.split()) == 9
    assert printed.startswith("40 ")
    bare.connection.execute("DELETE FROM ledger")
    for _ in range(40):
        head = ledger.append(bare.connection, key, Op.VERIFY)
    assert ledger.verify(bare.connection, key, head).broken is None
    assert ledger.printed(head) != printed


def test_the_operations_are_those_of_the_format_page():
    from pathlib import Path

    page = (Path(__file__).resolve().parents[2] / "docs" / "vault-format.md").read_text(encoding="utf-8")
    assert all(f"`{op}`" in page for op in Op)
