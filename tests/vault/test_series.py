"""Samples of many imports: each once, in order, with what each import has; undone in any order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from importers.columns import numbers, texts, times
from importers.records import Samples
from tests.vault.content import bring, power, pulse
from vault_app.vault import series as stored
from vault_app.vault.chunk_store import changed_series
from vault_app.vault.chunks import VALUE
from vault_app.vault.vault import Vault


def lines(vault: Vault) -> list[tuple[int, str | None]]:
    """Start and value of every sample of the one series."""
    found: list[tuple[int, str | None]] = []
    for row in stored.rows(vault.read()):
        for table in stored.read(vault.read(), row):
            found += zip(table.start.tolist(), table.columns[VALUE].texts(), strict=True)
    return found


def expected(*batches: Samples) -> list[tuple[int, str | None]]:
    every = {pair for batch in batches for pair in zip(batch.start.tolist(), batch.value.texts(), strict=True)}
    return sorted(every)


def check(vault: Vault, *batches: Samples) -> None:
    found = lines(vault)
    assert [start for start, _ in found] == sorted(start for start, _ in found)
    assert sorted(found) == expected(*batches)
    assert changed_series(vault._writer, vault._digest_key) == []
    spans = vault._writer.execute("SELECT t0, t1 FROM chunk ORDER BY t0").fetchall()
    assert all(before[1] < after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("seed", range(6))
def test_overlapping_imports_in_any_order_are_their_union_and_undo_takes_each_back(vault, seed):
    random = np.random.default_rng(seed)
    batches = []
    for number in range(4):
        first, count = int(random.integers(0, 20_000)) * 5, int(random.integers(1, 12_000))
        batches.append(pulse(first, count, seed=1 + number % 2))
    numbers_ = []
    for at, batch in enumerate(batches):
        numbers_.append(bring(vault, samples=batch))
        check(vault, *batches[: at + 1])
    for at in random.permutation(4).tolist():
        vault.imports.undo(numbers_[at])
        batches[at] = pulse(0, 0)
        check(vault, *batches)
    assert stored.rows(vault.read()) == []


def test_many_small_batches_fill_chunks(vault):
    writer = vault.imports.begin("a.zip", 1, "a", ["apple"], [("a.xml", 1)])
    for at in range(50):
        writer.samples("apple", 0, pulse(at * 500, 100))
    writer.member_done(0, "read", 50, "")
    writer.complete()
    assert len(lines(vault)) == 5000
    assert vault._writer.execute("SELECT count(*) FROM chunk").fetchone()[0] <= 5


def test_samples_without_an_end_or_a_value_say_so(vault):
    samples = Samples(
        series="position", unit="deg", start=times([1, 2]), end=times([np.iinfo(np.int64).min, 3]),
        value=numbers([None, "2"]), quality=texts(["B", None]),
    )  # fmt: skip
    bring(vault, samples=samples)
    (row,) = stored.rows(vault.read())
    (table,) = stored.read(vault.read(), row)
    assert list(table.columns["@end"].texts()) == [None, "3"]
    assert list(table.columns[VALUE].texts()) == [None, "2"]


def test_samples_with_one_start_stand_in_one_chunk(vault):
    start = np.repeat(np.arange(3000, dtype=np.int64), 3)
    samples = Samples(series="x", unit="W", start=start, value=numbers(range(9000)))
    bring(vault, samples=samples)
    check(vault, samples)


def test_a_newer_sample_without_a_value_does_not_hide_an_older_one_that_has_one(vault):
    bring(vault, samples=power((10, "5"), (20, "6")))
    newer = bring(vault, samples=power((10, ""), (20, "7"), (30, "")))
    assert lines(vault) == [(10, "5"), (20, "7"), (30, "")]
    (row,) = stored.rows(vault.read())
    (bare,) = stored.read(vault.read(), row, names=frozenset())
    assert [name for name in bare.columns if not name.startswith("@import")] == []
    assert len(bare) == 3
    vault.imports.undo(newer)
    assert lines(vault) == [(10, "5"), (20, "6")]
