"""What X writes around words: HTML escapes, short links, and ids that hold a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importers.formats.entities import unescaped
from importers.formats.json_records import text
from importers.formats.named_fields import moment
from importers.records import Moment, Precision

_FIRST_SNOWFLAKE = 30_000_000_000
_EPOCH_MS = 1_288_834_974_657
_BEGINNING = 1_136_073_600_000_000
"""The first day of 2006, in microseconds: nothing was written on this service before."""


def words(written: str, urls: object = None) -> str:
    """Text with its escapes undone once, and its short links as the addresses that they stand for.

    Links are found by their text: the places that the archive gives are off as soon as there is an emoji.
    """
    found = unescaped(written)
    for url in urls if isinstance(urls, list) else ():
        if isinstance(url, Mapping):
            short, long = text(dict(url), "url"), text(dict(url), "expanded_url", "expanded")
            if short and long:
                found = found.replace(short, long)
    return found


def made(number: str) -> Moment | None:
    """When a post was made, from its id; None for ids before November 2010, which hold no time."""
    if not (number.isascii() and number.isdigit()) or len(number) > 19 or int(number) < _FIRST_SNOWFLAKE:
        return None
    return Moment(((int(number) >> 22) + _EPOCH_MS) * 1000, None, Precision.MILLISECOND)


def when(written: str, number: str) -> Moment | None:
    """The time as written, UTC; from the id where it is missing or before the service began (a few are)."""
    found = moment(written)
    if found is None or found.us < _BEGINNING:
        return made(number) or found
    return found


def inner(value: Any, *names: str) -> Any:
    """What is reached by these keys one within the other, or None."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
