"""Home's numbers are those of the facts and samples."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from importers.records import Kind
from tests.explore.by_hand import DAY, HOUR, begin, bring, item, power, us
from vault_app.explore import facts, measures
from vault_app.explore.fact import stamp
from vault_app.explore.overview import Overview, this_day
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault


def test_totals_are_those_of_the_vault(camille: Vault) -> None:
    overview = Overview.of(camille)
    rows = measures.series(camille)
    names = {fact.source for fact in facts.facts(camille, Selection())} | {row.source for row in rows}
    assert overview.sources == len(names) == len(overview.strips)
    assert overview.facts == facts.count(camille, Selection())
    assert overview.samples == sum(row.n for row in rows) > 0
    assert (overview.first_year, overview.last_year) == (2022, 2024)
    assert (overview.months[0], overview.months[-1], len(overview.months)) == ("2022-12", "2024-12", 25)


def test_months_count_facts_and_samples(camille: Vault) -> None:
    overview = Overview.of(camille)
    strips = {strip.source: strip for strip in overview.strips}
    plays = Counter((stamp(fact.start) or "")[:7] for fact in facts.facts(camille, Selection(sources=("spotify",))))
    assert strips["spotify"].counts == tuple(plays[month] for month in overview.months)
    (row,) = measures.named(camille, "electricity-power")
    halves = Counter(line["start"][:7] for line in measures.samples_json(camille, row))
    assert strips["enedis"].counts == pytest.approx([halves[month] for month in overview.months], abs=3)
    for strip in overview.strips:
        assert max(strip.fullness) == 1
        assert [share == 0 for share in strip.fullness] == [n == 0 for n in strip.counts]


def test_an_empty_vault_is_empty(vault: Vault) -> None:
    assert Overview.of(vault) == Overview(0, 0, 0, None, None, (), ())
    assert this_day(vault, date(2024, 3, 12)) == []


def test_undated_facts_are_counted_but_fill_no_month(vault: Vault) -> None:
    bring(vault, item(1, None))
    overview = Overview.of(vault)
    assert (overview.sources, overview.facts, overview.first_year, overview.months) == (1, 1, None, ())


def test_a_running_import_is_invisible(vault: Vault) -> None:
    bring(vault, item(1, us("2024-03-12")), samples=[power(us("2024-04-01"), [5] * 4)])
    before = Overview.of(vault)
    assert (before.samples, before.months) == (4, ("2024-03", "2024-04"))
    begun = begin(vault, item(2, us("2020-03-12")), samples=[power(us("2024-04-01"), [5] * 900)])
    assert Overview.of(vault) == before
    assert this_day(vault, date(2026, 3, 12)) == list(facts.facts(vault, Selection()))
    begun.abandon()


def test_this_day_shows_one_fact_of_each_year_before_a_second_one(vault: Vault) -> None:
    bring(
        vault,
        *(item(number, us("2019-03-12T08:00") + number * HOUR) for number in range(6)),
        item(10, us("2021-03-12T08:00")),
        item(11, us("2023-03-12T08:00"), kind=Kind.SETTING),
        item(12, us("2022-03-13T08:00")),
        item(13, us("2024-03-12T08:00")),
        item(14, us("2021-03-12T09:00"), kind=Kind.TRIP, title="en train"),
    )
    found = this_day(vault, date(2024, 3, 12))
    assert [(fact.start or 0) // DAY for fact in found] == [us("2021-03-12") // DAY] * 2 + [us("2019-03-12") // DAY] * 3
    assert {"fait 10", "en train", "fait 0"} <= {fact.title for fact in found}
    alone = this_day(vault, date(2021, 3, 12))
    assert next(fact.title for fact in alone) == "fait 13"


def test_this_day_on_real_archives(camille: Vault) -> None:
    found = this_day(camille, date(2026, 5, 13))
    assert len(found) == 5
    assert {(stamp(fact.start) or "")[4:10] for fact in found} == {"-05-13"}
    assert {(stamp(fact.start) or "")[:4] for fact in found} == {"2023", "2024"}
