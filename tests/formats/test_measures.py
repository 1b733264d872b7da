"""Rows of several series become batches: one a series, bounded, and to the letter."""

from __future__ import annotations

import pytest

from importers.formats import measures
from importers.formats.measures import Measures


def test_rows_of_each_series_and_subject_come_as_one_batch() -> None:
    gathered = Measures(exclusive=True)
    for number in range(3):
        assert not list(gathered.add("steps", "count", number, number, end=number + 1, subject="watch"))
        assert not list(gathered.add("steps", "count", number, number, end=number + 1, subject="telephone"))
    batches = list(gathered.samples())
    assert [(batch.subject, batch.start.tolist(), batch.exclusive) for batch in batches] == [
        ("watch", [0, 1, 2], True),
        ("telephone", [0, 1, 2], True),
    ]
    assert not list(gathered.samples())


def test_numbers_are_kept_to_the_letter_and_none_stays_none() -> None:
    gathered = Measures()
    for text in ("61.50", "1e-5", None):
        list(gathered.add("weight", "kg", 0, text))
    (batch,) = gathered.samples()
    assert batch.value is not None
    assert list(batch.value.texts()) == ["61.50", "1e-5", None]
    assert batch.end is None
    assert batch.offset is None


def test_instants_and_spans_of_one_series_do_not_share_a_batch() -> None:
    gathered = Measures()
    list(gathered.add("steps", "count", 0, 1))
    list(gathered.add("steps", "count", 1, 1, end=2))
    assert [batch.end is None for batch in gathered.samples()] == [True, False]


def test_fields_that_a_row_lacks_are_none_in_its_row() -> None:
    gathered = Measures(incidental=frozenset({"synced"}))
    list(gathered.add("steps", "count", 0, 1, more={"mode": "walk"}))
    list(gathered.add("steps", "count", 1, 1, more={"synced": "later"}))
    (batch,) = gathered.samples()
    assert list(batch.columns["mode"].texts()) == ["walk", None]
    assert batch.incidental == {"synced"}


def test_a_position_has_its_place_as_numbers_and_no_value() -> None:
    gathered = Measures()
    list(gathered.place(0, "45.90", "-6.1", more={"alt": "450"}))
    (batch,) = gathered.samples()
    assert batch.value is None
    assert [list(batch.columns[name].texts()) for name in ("lat", "lon", "alt")] == [["45.90"], ["-6.1"], ["450"]]


def test_what_is_held_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "ROWS", 10)
    gathered = Measures()
    full = [batch for number in range(25) for batch in gathered.add("steps", "count", number, 1)]
    assert [len(batch.start) for batch in full] == [10, 10]
    assert [len(batch.start) for batch in gathered.samples()] == [5]
