"""The load curve of the customer area: mean power of each step, stamped at the step's end with its offset.

Facts: real files of 2020-2024. UTF-8 with BOM, ``;``, two header lines, then ``Horodate;Valeur``. The field
``Pas en minutes`` is often empty: the step is the distance to the row before when that is a usual one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from importers.columns import numbers, texts, times
from importers.contract import Member, Rule, importer
from importers.records import Notice, Record, Samples

STEPS = frozenset(minutes * 60_000_000 for minutes in (5, 10, 15, 30, 60))
"""Usual steps, microseconds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH = 50_000


@importer(
    Rule(header=frozenset({"Identifiant PRM", "Type de donnees", "Grandeur physique"}), contains=("Courbe de charge",)),
    source="enedis",
    reads="half-hour load curve (CSV)",
    languages=("fr",),
    status="proven",
)
def load_curve(member: Member) -> Iterator[Record]:
    """Power in W over [start, end); an empty value is a sample without one. Consumption and production stay apart."""
    curve = _Curve()
    with io.TextIOWrapper(member.open(), encoding="utf-8-sig", errors="replace", newline=None) as lines:
        for number, line in enumerate(lines, 1):
            cells = [cell.strip() for cell in line.rstrip("\n").split(";")]
            if not any(cells) or cells[0] in {"Identifiant PRM", "Horodate"}:
                continue
            if len(cells) > 5 and cells[0].isdigit():
                yield from curve.samples()
                curve = _Curve(cells[0], "Production" in (cells[1] + cells[5]))
                continue
            yield from curve.row(cells, number)
    yield from curve.samples()


class _Curve:
    """The rows of one meter and direction."""

    def __init__(self, meter: str = "", production: bool = False) -> None:  # noqa: FBT001, FBT002 - a fact of the file
        self._meter = meter
        self._series = "electricity-production-power" if production else "electricity-power"
        self._rows: list[tuple[int, int, str, str]] = []
        self._before: int | None = None
        self._step = 30 * 60_000_000

    def row(self, cells: list[str], number: int) -> Iterator[Record]:
        """Take a row; yields a notice, or a batch when one is full."""
        try:
            stamp = datetime.fromisoformat(cells[0])
            end = (stamp - _EPOCH) // timedelta(microseconds=1)
        except (ValueError, TypeError):
            yield Notice("energy-row", f"line {number}", "Horodate")
            return
        value = cells[1] if len(cells) > 1 else ""
        if value and not value.isdigit():
            yield Notice("energy-row", f"line {number}", "Valeur")
            return
        if self._before is not None and end - self._before in STEPS:
            self._step = end - self._before
        self._before = end
        offset = (stamp.utcoffset() or timedelta()) // timedelta(minutes=1)
        self._rows.append((end - self._step, end, value, str(offset)))
        if len(self._rows) >= _BATCH:
            yield from self.samples()

    def samples(self) -> Iterator[Samples]:
        """What was taken so far."""
        if not self._rows:
            return
        start, end, value, offset = zip(*self._rows, strict=True)
        self._rows = []
        yield Samples(
            series=self._series,
            unit="W",
            subject=self._meter,
            start=times(start),
            end=times(end),
            value=numbers(text or None for text in value),
            offset=numbers(offset),
            quality=texts(None for _ in value),
            exclusive=True,
        )
