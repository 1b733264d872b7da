"""Rows of Google's tables with what is odd about them, and the times that they write."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from importers.contract import Member
from importers.formats import tables
from importers.formats.tables import Row
from importers.google.page_times import page_time
from importers.google.times import moment
from importers.records import Moment, Notice


def rows(member: Member, header: Collection[str] = ()) -> Iterator[Row | Notice]:
    """The rows under a header; what is damaged as a notice."""
    with member.open() as stream:
        for row in tables.rows(stream, header):
            yield Notice(row.reason, row.position) if isinstance(row, tables.Trouble) else row


def stamp(text: str) -> Moment | None:
    """``2021-09-20 12:34:56 UTC``, ISO with a zone, or a time written for people; None when it is none."""
    text = text.strip()
    for mark in (" UTC", "+00:00"):
        text = f"{text.removesuffix(mark)}Z" if text[:4].isdecimal() and text.endswith(mark) else text
    if len(text) < 10:
        return None
    found = moment(text) if text[4:5] == "-" else None
    if found is not None:
        return found
    written = page_time(text)
    return written.when if written else None
