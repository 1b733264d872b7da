"""What a chart shows, as facts: buckets, which are the rows of its table too, and one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vault_app import words

_THIN = "\u202f"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bar, one row of the table: from ``start_us`` to before ``end_us`` (us, UTC).

    ``label``: local beginning as ISO writes it (``2024``, ``2024-03``, ``2024-03-12``, ``2024-03-12T14:30+01:00``).
    ``value``: in the chart's unit, None where nothing is known (never zero for that). ``compared``: the same bucket a
    year before, None where too little of it is known. ``measured``: the share of the bucket that is known, 0 to 1.
    """

    start_us: int
    end_us: int
    label: str
    value: float | None
    compared: float | None
    measured: float


@dataclass(frozen=True)
class Summary:
    """A sentence by its id in the group ``charts``, and its values: numbers in the unit of the chart, percents as
    whole numbers without sign, years and days as ISO texts."""

    id: str
    values: Mapping[str, int | float | str]

    def sentence(self, tongue: str) -> str:
        """The sentence in ``fr`` or ``en``, numbers as that language writes them."""
        written = {name: number(value, tongue) for name, value in self.values.items()}
        return words.sentence("charts", self.id, tongue, **written)


@dataclass(frozen=True)
class ChartData:
    """``unit`` as the standard writes it (``kWh``, ``h``) or ``1`` for a number of facts; ``zone``: name of the time
    zone of the buckets; ``uneven``: whether a day in them has 23 or 25 hours, which the screen says."""

    unit: str
    zone: str
    buckets: list[Bucket]
    summary: Summary
    uneven: bool = False


def number(value: int | float | str, tongue: str) -> str:
    """A number as a language writes it: whole from 100 on, else one decimal when it has one. An ISO day is written out,
    other texts stay as they are."""
    if isinstance(value, str):
        return _day(value, tongue) if _DAY.fullmatch(value) else value
    text = f"{value:,.0f}" if isinstance(value, int) or abs(value) >= 100 else f"{value:,.1f}".removesuffix(".0")
    return text.replace(",", _THIN).replace(".", ",") if tongue == "fr" else text


def _day(text: str, tongue: str) -> str:
    year, month, day = (int(part) for part in text.split("-"))
    first = "1er" if tongue == "fr" and day == 1 else str(day)
    return f"{first} {_MONTHS[tongue][month - 1]} {year}"


def change(name: str, values: Mapping[str, int | float | str], now: float, before: float | None) -> Summary:
    """The sentence ``name`` with its ending: ``-more``, ``-less`` or ``-same`` than before, or none."""
    if not before:
        return Summary(name, values)
    percent = round(100 * (now - before) / before)
    ending = "same" if not percent else "more" if percent > 0 else "less"
    return Summary(f"{name}-{ending}", dict(values) | {"percent": abs(percent)})
