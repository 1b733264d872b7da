"""The pages of Vinted's archive: a cell for each fact, with the name of each field in ``itemprop``.

Facts: the readers of several independent public projects, which agree on the cells and on the fields of listings and
orders. No real page was at hand, so that every word and link of a cell is kept beside its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from importers.contract import Member
from importers.formats.entities import unescaped
from importers.formats.html_entries import entries, is_cut_off, lines
from importers.records import Notice

MARKER = '<div class="cell" itemscope'

_FIELD = re.compile(r"""<(\w+)[^<>]*\bitemprop=["']([\w-]{1,60})["'][^<>]*>([^<]*)""")
_END = re.compile(r"</body>|<footer\b", re.IGNORECASE)
_CONTAINERS = frozenset({"ul", "ol", "table", "img"})


class Cell(NamedTuple):
    """``number``: place in the page, from 1. ``fields``: name to its values in order, entities decoded.
    ``words``: the lines of the cell that are no field's value. ``links``: addresses of its links and pictures."""

    number: int
    fields: dict[str, list[str]]
    words: list[str]
    links: list[str]

    def first(self, name: str) -> str:
        """The first value of a field; '' when it has none, or when it says that there is no data."""
        found = self.fields.get(name, [""])[0]
        return "" if found.casefold() in {"no data", "aucune donnée", "pas de données"} else found


def cells(member: Member) -> Iterator[Cell | Notice]:
    """The cells of a page; damage as notices. Streams: one cell is held at a time."""
    number, last = 0, ""
    for entry in entries(member.pieces(), MARKER.encode()):
        number, last = entry.number, entry.text
        if entry.trouble:
            yield Notice(entry.trouble, f"record {entry.number}")
        if entry.text:
            end = _END.search(entry.text)
            yield _cell(entry.number, f"<div{entry.text[: end.start()] if end else entry.text}")
    if number and is_cut_off(last):
        yield Notice("html-cut-off", f"record {number}")


def _cell(number: int, text: str) -> Cell:
    fields: dict[str, list[str]] = {}
    for tag, name, value in _FIELD.findall(text):
        words = " ".join(unescaped(value).split())
        if words and tag.lower() not in _CONTAINERS:
            fields.setdefault(name, []).append(words)
    found = lines(text)
    held = {value for values in fields.values() for value in values}
    links = [link.address for line in found for link in line.links] + [one for line in found for one in line.media]
    return Cell(number, fields, [line.text for line in found if line.text and line.text not in held], links)
