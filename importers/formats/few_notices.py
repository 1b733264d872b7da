"""The same thing, wrong a million times in one file, is said a few times and then counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from importers.records import Notice, Record

FIRST = 20
"""Notices of one reason that are told with their position."""

MORE = "-more"
"""Behind the id of a reason: the sentence that says how many there are in all (``what``)."""


def few_notices(records: Iterable[Record]) -> Iterator[Record]:
    """The records with the first notices of each reason, and at the end how many there were where there are more."""
    said: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Notice):
            said[record.reason] += 1
            if said[record.reason] > FIRST:
                continue
        yield record
    for reason, count in said.items():
        if count > FIRST:
            yield Notice(reason + MORE, what=str(count))
