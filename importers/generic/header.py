"""What a column's header says about its field, in French and English."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from importers.formats.sniff import plain


class Field(StrEnum):
    """What a column holds for us. Every column stays in the details as well."""

    TIME = "time"
    """When it was, or when it began."""
    CLOCK = "clock"
    """The time of day that belongs to a ``time`` column of whole days."""
    END = "end"
    TITLE = "title"
    TEXT = "text"
    AMOUNT = "amount"
    """Money, signed."""
    DEBIT = "debit"
    """Money that left, whatever its sign."""
    CREDIT = "credit"
    """Money that came."""
    CURRENCY = "currency"
    LAT = "lat"
    LON = "lon"
    PARTY = "party"
    """A person or organisation that the row is about."""
    UNIT = "unit"
    """The unit of the row's values."""
    VALUE = "value"
    """A measured number; several columns may be values, each is a series."""
    SERIES = "series"
    """What the row's value measures, where one column of values holds several measures."""


_PHRASES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARKS = re.compile(r"[^a-z0-9]+")
_UNIT = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\s*\Z")

SURE = 1.0
PERHAPS = 0.6


@lru_cache(maxsize=4096)
def phrase(header: str) -> str:
    """A header as plain words: ``startTime``, ``start_time`` and ``Start Time`` are one."""
    return _MARKS.sub(" ", plain(_CAMEL.sub(" ", _UNIT.sub("", header)))).strip()


@lru_cache(maxsize=4096)
def said(header: str, field: Field) -> float:
    """How surely a header names a field: 1 by a whole phrase, 0.6 by a word, a little less for later phrases; 0 not."""
    return _said(phrase(header), str(field))


def only_names(header: str) -> bool:
    """Whether a number under this header counts or names (an id, a row number) and measures nothing."""
    return _said(phrase(header), "names") >= PERHAPS * 0.9


def unit(header: str) -> str:
    """The unit in brackets at the end of a header; '' without one."""
    found = _UNIT.search(header)
    return found[1] if found else ""


def series_name(header: str) -> str:
    """A header as the name of a series: ``Température (°C)`` is ``temperature``."""
    return phrase(header).replace(" ", "-")[:100] or "value"


def _said(words: str, field: str) -> float:
    phrases = _PHRASES[field]
    if words in phrases:
        return SURE - 0.1 * phrases.index(words) / len(phrases)
    around = f" {words} "
    place = next((at for at, known in enumerate(phrases) if len(known) > 1 and f" {known} " in around), None)
    return 0.0 if place is None else PERHAPS - 0.05 * place / len(phrases)
