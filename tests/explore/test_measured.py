"""What the timeline draws of series: how many samples, roughly when."""

from __future__ import annotations

import pytest

from importers.records import Kind
from tests.explore.by_hand import DAY, HOUR, begin, bring, power
from vault_app.explore import measures
from vault_app.explore.measured import Measured
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault


def test_totals_are_those_of_the_series(camille: Vault) -> None:
    measured = Measured.of(camille, Selection())
    rows = measures.series(camille)
    assert dict(zip(measured.names, measured.totals, strict=True)) == {
        name: sum(row.n for row in rows if row.name == name) for name in {row.name for row in rows}
    }
    assert (measured.first, measured.last) == (min(row.first or 0 for row in rows), max(row.last or 0 for row in rows))
    counts = measured.counts(measured.first or 0, (measured.last or 0) + 1, 40)
    assert counts.sum(axis=1).tolist() == pytest.approx(list(measured.totals), abs=1)


def test_kinds_words_and_parties_leave_no_samples(camille: Vault) -> None:
    for selection in (Selection(kinds=(Kind.WATCH,)), Selection(text="gratin"), Selection(party="Lucette")):
        assert Measured.of(camille, selection).names == ()
    assert Measured.of(camille, Selection(sources=("enedis",))).names == ("electricity-power",)


def test_samples_that_are_evenly_spread_are_counted_where_they_are_give_or_take_one(vault: Vault) -> None:
    bring(vault, samples=[power(0, [5] * 48)])
    counts = Measured.of(vault, Selection()).counts(0, DAY, 4)
    assert counts[0].tolist() == pytest.approx([12, 12, 12, 12], abs=1)
    assert counts.sum() == pytest.approx(48)


def test_a_running_import_is_invisible(vault: Vault) -> None:
    bring(vault, samples=[power(0, [5] * 48)])
    writer = begin(vault, samples=[power(30 * DAY, [5] * 48), power(0, [7] * 4, series="electricity-other")])
    measured = Measured.of(vault, Selection())
    assert (measured.names, measured.totals, measured.last) == (("electricity-power",), (48,), 47 * HOUR // 2)
    writer.complete()
    assert Measured.of(vault, Selection()).totals == (96, 4)
