"""Packed samples come back to the letter, whatever they are; regular ones take few bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.columns import Numbers, numbers, texts
from tests.vault.content import pulse
from vault_app.vault import chunks, planes
from vault_app.vault.chunks import END, VALUE, Table
from vault_app.vault.errors import DamagedVault

WHOLE = st.integers(-(1 << 63), (1 << 63) - 1)
TEXT = st.one_of(st.none(), st.sampled_from(["montre", "téléphone", "", "0", "-0.50", "1e-5", "12.30", "007"]))


def same(one: Table, other: Table) -> bool:
    return (
        one.start.tolist() == other.start.tolist()
        and one.columns.keys() == other.columns.keys()
        and all(list(one.columns[name].texts()) == list(other.columns[name].texts()) for name in one.columns)
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(WHOLE, max_size=40), st.sampled_from([1, 60, 1000, 1_000_000]))
def test_whole_numbers_of_any_size_come_back(values, step):
    column = np.array([int(value / step) if step > 1 else value for value in values], np.int64) * step
    starts = np.sort(column)
    known = {planes.START: starts, planes.END: starts // 1000 * 1000}
    assert planes.unpack(planes.pack(column, known), len(column), known).tolist() == column.tolist()
    assert planes.unpack(planes.pack(starts), len(starts)).tolist() == starts.tolist()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1 << 50), TEXT, TEXT, st.integers(-400, 400)), min_size=1, max_size=60))
def test_tables_of_any_columns_come_back(rows):
    rows.sort(key=lambda row: row[0])
    start = np.array([row[0] for row in rows], np.int64)
    table = chunks.lean(
        Table(
            start,
            {
                END: numbers([row[0] + 60_000_000 for row in rows]),
                VALUE: numbers([row[1] for row in rows]),
                "device": texts([row[2] for row in rows]),
                "created": numbers([row[0] // 1_000_000 + row[3] for row in rows]),
            },
        )
    )
    data = chunks.pack(table)
    assert same(chunks.unpack(data), table)
    assert list(chunks.unpack(data, frozenset({"created"})).columns) == ["created"]
    assert chunks.content(table) == chunks.content(chunks.lean(chunks.unpack(data)))


def test_content_tells_any_difference():
    table = chunks.lean(Table(np.array([1, 2], np.int64), {VALUE: numbers(["1", "2.0"]), "device": texts(["a", None])}))
    others = [
        Table(np.array([1, 3], np.int64), table.columns),
        table.with_column(VALUE, numbers(["1", "2.00"])),
        table.with_column(VALUE, numbers(["1", None])),
        table.with_column("device", texts(["a", ""])),
        table.with_column("more", texts([None, None])),
        table.without("device"),
    ]
    found = {chunks.content(chunks.lean(other)) for other in [table, *others]}
    assert len(found) == 1 + len(others)


def test_a_regular_heart_rate_takes_three_bytes_a_sample():
    samples = pulse(1_700_000_000, 4096)
    assert samples.end is not None
    assert samples.value is not None
    end = Numbers(samples.end, np.zeros(4096, np.uint8))
    table = chunks.lean(Table(samples.start, {END: end, VALUE: samples.value, **samples.columns}))
    assert len(chunks.pack(table)) / 4096 < 3


def test_a_walk_at_random_takes_four_bytes_a_position():
    random = np.random.default_rng(1)
    start = np.cumsum(random.integers(100, 140, 4096)) * 1_000_000
    degrees = np.full(4096, 7, np.uint8)
    columns = {name: Numbers(np.cumsum(random.integers(-300, 300, 4096)), degrees) for name in ("lat", "lon")}
    assert len(chunks.pack(chunks.lean(Table(start, columns)))) / 4096 < 4


@pytest.mark.parametrize("cut", [0, 1, 30, 200])
def test_damaged_chunks_are_told(cut):
    samples = pulse(0, 500)
    data = chunks.pack(chunks.lean(Table(samples.start, samples.columns)))
    with pytest.raises(DamagedVault):
        chunks.unpack(data[:cut])
