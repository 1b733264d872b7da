"""Items wait to be written together; nothing of them is lost, moved or counted otherwise for that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import batch, item
from vault_app.intake import gathering, session
from vault_app.intake.collector import Collector
from vault_app.intake.frames import Begin, End, Finished, FromChild, Mark, Members
from vault_app.intake.gathering import Gathering
from vault_app.intake.plan import Plan
from vault_app.vault.vault import Vault

PLAN = Plan(
    name="x.zip", source="google", sources=("google",), readers={}, members=1, recognised=1, confidence=1, size=1,
    digest="", parts=(),
)  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path):
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


def sent(*batches: list, source: str = "google") -> list[FromChild]:
    """What the reading process says of these, a frame each."""
    messages: list[FromChild] = []
    collector = Collector(messages.append)
    collector.begin(source)
    for given in batches:
        for one in given:
            collector.item(0, one)
        collector.flush()
    return messages


def taken(vault: Vault, *messages: FromChild) -> session._Writing:
    writing = session._Writing(vault, PLAN, None, lambda _: None)
    for message in (Members(["a.json"], [1], [""], [""], [0]), Begin(0, "google", "x"), *messages):
        writing.take(message)
    return writing


def stored(vault: Vault) -> int:
    return int(vault._writer.execute("SELECT count(*) FROM item").fetchone()[0])


def test_batches_become_one_in_the_order_in_which_they_came():
    waiting = Gathering()
    assert waiting.take() is None
    for numbers in ((1, 2), (7,), (3, 4, 5)):
        waiting.add("google", batch(*(item(number) for number in numbers)))
    one = waiting.take()
    assert one is not None
    assert one.title == [f"œuvre {number}" for number in (1, 2, 7, 3, 4, 5)]
    assert one.start.tolist() == [item(number).when.us for number in (1, 2, 7, 3, 4, 5)]
    assert one.key.dtype == np.uint64
    assert waiting.take() is None


@pytest.mark.parametrize("bound", ["MOST_ROWS", "MOST_TEXT"])
def test_what_waits_is_bounded_in_rows_and_in_text(monkeypatch, bound):
    waiting = Gathering()
    waiting.add("google", batch(item(1), item(2)))
    assert not waiting.full
    monkeypatch.setattr(gathering, bound, 2)
    assert waiting.full


def test_items_wait_for_others_of_their_source_and_are_there_at_the_end(vault):
    writing = taken(vault, *sent([item(1)], [item(2), item(3)]))
    assert stored(vault) == 0
    for message in sent([item(4)], source="netflix"):
        writing.take(message)
    assert stored(vault) == 3
    for message in (End(0, "read", 4, ""), Finished()):
        writing.take(message)
    assert writing.finish().new == 4
    assert stored(vault) == 4
    assert vault.verify().problems == ()


def test_a_commit_writes_what_waits_before_its_mark(vault, monkeypatch):
    monkeypatch.setattr(session, "COMMIT_ROWS", 2)
    writing = taken(vault, *sent([item(1)], [item(2)]), Mark(0, 2, 1, 1))
    assert not vault._writer.in_transaction
    assert stored(vault) == 2
    assert vault.imports.resume(1).progress == (0, 2)
    writing.abandon()
    assert stored(vault) == 0


def test_a_fact_that_comes_twice_while_others_wait_is_new_once_and_known_once(vault):
    details = {"platform": "Android"}
    writing = taken(vault, *sent([item(1), item(2)], [item(1, details=details), item(3)]), Finished())
    account = writing.finish()
    assert (account.new, account.known) == (3, 1)
    assert vault._writer.execute("SELECT count(*) FROM added").fetchone() == (1,)
    assert vault.verify().problems == ()
