"""Counts by day and kind are those of the facts themselves."""

from __future__ import annotations

import numpy as np
import pytest

from importers.records import Kind
from tests.explore.by_hand import DAY, HOUR, begin, bring, item, us
from vault_app.explore import facts
from vault_app.explore.density import Density
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault

SELECTIONS = (
    Selection(),
    Selection(sources=("spotify",)),
    Selection(kinds=(Kind.WATCH, Kind.SEARCH)),
    Selection(since=us("2024-03-02T13:20"), until=us("2024-03-11T05:00")),
    Selection(since=us("2024-03-02T13:20"), until=us("2024-03-02T21:00")),
    Selection(since=us("2024-03-02T21:00"), until=us("2024-03-03T01:00")),
    Selection(since=us("2024-03-02")),
    Selection(text="gratin"),
    Selection(party="Lucette", kinds=(Kind.WATCH,)),
)


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_totals_are_those_of_the_facts(camille: Vault, selection: Selection) -> None:
    every = list(facts.facts(camille, selection))
    density = Density.of(camille, selection)
    assert density.total == len(every) > 0
    assert density.undated == sum(fact.start is None for fact in every)
    assert set(density.kinds) == {fact.kind for fact in every}
    sums = [sum(fact.kind == kind for fact in every) for kind in density.kinds]
    assert sums == sorted(sums, reverse=True)
    sources = [fact.source for fact in every]
    assert density.by_source() == {name: sources.count(name) for name in set(sources)}
    days = [fact.start // DAY for fact in every if fact.start is not None]
    assert (density.first_day, density.last_day) == (min(days), max(days))


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
@pytest.mark.parametrize("bins", [1, 7, 366])
def test_bins_hold_the_days_that_begin_in_them(camille: Vault, selection: Selection, bins: int) -> None:
    since, until = us("2024-01-01"), us("2025-01-01")
    density = Density.of(camille, selection)
    counted = density.counts(since, until, bins)
    expected = np.zeros_like(counted)
    for fact in facts.facts(camille, selection):
        begins = None if fact.start is None else fact.start // DAY * DAY
        if begins is not None and since <= begins < until:
            edges = [since + (until - since) * number // bins for number in range(bins + 1)]
            place = max(number for number in range(bins) if edges[number] <= begins)
            expected[density.kinds.index(fact.kind), place] += 1
    assert counted.tolist() == expected.tolist()


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_hours_hold_the_facts_of_their_span_exactly(camille: Vault, selection: Selection) -> None:
    since, bins = us("2024-03-02T12:00"), 36
    density = Density.of(camille, selection)
    counted = density.hours(camille, since, since + bins * HOUR, bins)
    expected = np.zeros_like(counted)
    for fact in facts.facts(camille, selection):
        if fact.start is not None and since <= fact.start < since + bins * HOUR:
            expected[density.kinds.index(fact.kind), (fact.start - since) // HOUR] += 1
    assert counted.tolist() == expected.tolist()


def test_an_empty_vault_has_no_first_day(vault: Vault) -> None:
    density = Density.of(vault, Selection())
    assert (density.kinds, density.first_day, density.last_day, density.total) == ((), None, None, 0)
    assert density.counts(0, DAY, 4).shape == (0, 4)
    assert density.hours(vault, 0, DAY, 24).shape == (0, 24)


def test_days_before_1970_and_facts_without_time_are_counted_apart(vault: Vault) -> None:
    bring(vault, item(1, -1), item(2, -DAY), item(3, -DAY - 1), item(4, None), item(5, 0))
    density = Density.of(vault, Selection())
    assert (density.first_day, density.last_day) == (-2, 0)
    assert (density.total, density.undated) == (5, 1)
    assert density.counts(-2 * DAY, DAY, 3).tolist() == [[1, 2, 1]]


def test_a_running_import_is_invisible(vault: Vault) -> None:
    bring(vault, item(1, DAY), item(2, 2 * DAY + HOUR))
    writer = begin(vault, item(3, 2 * DAY + 2 * HOUR), item(4, None))
    for selection in (Selection(), Selection(since=2 * DAY + 1), Selection(text="fait")):
        density = Density.of(vault, selection)
        assert density.total == (1 if selection.since else 2)
        assert density.hours(vault, 2 * DAY, 3 * DAY, 24).sum() == 1
    writer.complete()
    assert Density.of(vault, Selection()).total == 4
