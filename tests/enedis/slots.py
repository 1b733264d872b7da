"""Samples as slots that read well in a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.importing import Run


@dataclass(frozen=True)
class Slot:
    """One sample; ``minutes`` is the length of a slot, 0 for an instant."""

    subject: str
    start: datetime
    end: datetime | None
    value: str | None

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1) if self.end else 0


def slots(found: Run, series: str) -> list[Slot]:
    """The samples of one series, in the order of the file."""
    rows: list[Slot] = []
    for samples in found.samples:
        if samples.series != series or samples.value is None:
            continue
        ends = [None] * len(samples.start) if samples.end is None else [_time(at) for at in samples.end.tolist()]
        for start, end, value in zip(samples.start.tolist(), ends, samples.value.texts(), strict=True):
            rows.append(Slot(samples.subject, _time(start), end, value))
    return rows


def _time(us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
