"""The gallery: charts by the question that they answer, each with its numbers as a table and one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vault_app.explore import electricity, habits
from vault_app.explore.chart_data import Bucket, ChartData, Summary
from vault_app.explore.periods import PERIODS, Period
from vault_app.vault.vault import Vault

__all__ = ["CHARTS", "Bucket", "Chart", "ChartData", "Summary", "available", "chart"]


@dataclass(frozen=True)
class Chart:
    """One way to look at numbers. ``id``: fixed name; ``question``: id of a sentence of the group ``charts``;
    ``group``: id of the heading under which it stands; ``periods``: how long a bucket may be."""

    id: str
    question: str
    group: str
    periods: tuple[Period, ...]
    _span: Callable[[Vault], tuple[int, int] | None]
    _data: Callable[[Vault, Period, int, int], ChartData]

    def span(self, vault: Vault) -> tuple[int, int] | None:
        """First start and last end of what there is (us, UTC); None when there is nothing."""
        return self._span(vault)

    def data(self, vault: Vault, period: Period, since_us: int, until_us: int) -> ChartData:
        """Whole buckets that the span (us, UTC) touches. Reads what it needs: call it from a thread,
        ``vault.read().interrupt()`` ends it. Raises ValueError for a span with more buckets than anybody can see.
        """
        return self._data(vault, period, since_us, until_us)


CHARTS: tuple[Chart, ...] = (
    Chart("electricity", "question-electricity", "group-energy", PERIODS, electricity.span, electricity.data),
    Chart(
        "electricity-night",
        "question-electricity-night",
        "group-energy",
        PERIODS[1:],
        electricity.fine_span,
        electricity.night,
    ),
    *(
        Chart(habit.id, f"question-{habit.id}", f"group-{habit.group}", PERIODS[1:], habit.span, habit.data)
        for habit in habits.HABITS
    ),
)
"""All charts, in the order of the gallery."""


def available(vault: Vault) -> list[Chart]:
    """The charts for which the vault holds something."""
    return [one for one in CHARTS if one.span(vault) is not None]


def chart(name: str) -> Chart:
    """A chart by its id. Raises KeyError."""
    return next((one for one in CHARTS if one.id == name), None) or _unknown(name)


def _unknown(name: str) -> Chart:
    raise KeyError(name)
