"""Known facts are known again, in blocks that stay small; forgotten ones are forgotten wherever they stood."""

from __future__ import annotations

import numpy as np

from importers.records import Moment
from tests.vault.content import DAY, bring, item
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.vault import identity, items
from vault_app.vault.identity import KnownItems


def identities(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.integers(1, 1 << 63, count, dtype=np.uint64), random.integers(0, 1 << 32, count, dtype=np.uint32)


def test_a_block_grows_in_parts_and_full_parts_are_not_written_again(vault):
    connection = vault._writer
    sizes = []
    for seed in range(4):
        known = KnownItems(connection)
        keys, checks = identities(6000, seed)
        known.add(12, keys, checks, np.arange(1, 6001) + seed * 10_000)
        known.flush()
        rows = connection.execute("SELECT length(ids) / 8 FROM key_block ORDER BY id")
        sizes.append([size for (size,) in rows])
    assert sizes == [[6000], [6000, 6000], [6000] * 3, [6000] * 4]
    known = KnownItems(connection)
    for seed in range(4):
        found = known.find(12, *identities(6000, seed))
        assert sorted(found.tolist()) == list(range(1 + seed * 10_000, 6001 + seed * 10_000))
    assert not known.find(12, *identities(100, 9)).any()
    connection.execute("DELETE FROM key_block")


def test_undo_forgets_items_of_a_day_that_was_full_and_undated_ones(vault):
    vault._writer.execute("INSERT INTO day_count (day, n) VALUES (100, ?)", (items.PER_DAY - 1,))
    given = [item(1), item(2), item(3), item(4, when=None), item(5, stable=True), item(6, stable=True, day=200)]
    number = bring(vault, *given)
    days = {fact.id >> 20 for fact in facts.facts(vault, Selection())}
    assert {items.FULL_DAY, items.UNDATED_DAY, 100, 200} == days
    vault.imports.undo(number)
    assert not vault.verify().problems
    assert vault._writer.execute("SELECT count(*) FROM key_block").fetchone() == (0,)
    assert vault.imports.account(bring(vault, *given)).new == 6


def test_an_event_that_was_moved_is_known_by_its_own_id(vault):
    bring(vault, item(1, stable=True))
    again = bring(vault, item(1, stable=True, when=Moment(900 * DAY)))
    assert vault.imports.account(again).new == 0


def test_the_block_of_a_time_is_its_month():
    start = np.array([0, 31 * DAY, 365 * DAY, -DAY], np.int64)
    blocks = identity.block_numbers(start, np.ones(4, np.bool_), np.zeros(4, np.uint8), np.zeros(4, np.uint64))
    assert blocks.tolist() == [0, 1, 12, -1]
