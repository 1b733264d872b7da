"""IMDb's ``ratings.csv`` and ``WATCHLIST.csv``. The names are common, so that the columns decide.

Facts: files of 2025; older ones have no original title, those before 2018 small letters and dates such as
``Sat Mar 10 00:00:00 2012``.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.row_facts import Cells, facts, lines
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Precision, Record

_DAYS = DateReader(Layout.YEAR_FIRST)
_WORDS = DateReader(Layout.NAMED)


@importer(
    Rule(header=frozenset({"Const", "Your Rating", "Date Rated", "Title"})),
    source="imdb",
    reads="ratings",
    status="proven",
)
def ratings(member: Member) -> Iterator[Record]:
    """A `reaction` on the day of rating, from 1 to 10."""
    header = {"Const", "Your Rating", "Date Rated", "Title"}
    yield from facts(lines(member, header), _rated, "Date Rated", _DAYS.moment)


def _rated(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.REACTION,
        key=("rating", cells.get("Const", "")),
        stable=bool(cells.get("Const")),
        when=when,
        title=cells.get("Title", ""),
        details=rest(cells, {"Title"} | ({"Date Rated"} if when else set())),
    )


@importer(
    Rule(header=frozenset({"Position", "Const", "Created", "Title"})),
    Rule(header=frozenset({"position", "const", "created", "You rated"})),
    source="imdb",
    reads="watch list and other lists",
    weight=1,
)
def watchlist(member: Member) -> Iterator[Record]:
    """A `bookmark` on the day it was put on the list; in tables before 2018 a rating is a `reaction`."""
    yield from facts(lines(member, {"Const", "Created"}), _listed)


def _listed(cells: Cells, _: Moment | None) -> Item:
    folded = {name.casefold(): cell for name, cell in cells.items()}
    created = folded.get("created", "")
    when = _DAYS.moment(created) or _old(created)
    rated = bool(folded.get("you rated"))
    return Item(
        kind=Kind.REACTION if rated else Kind.BOOKMARK,
        key=("rating" if rated else "listed", folded.get("const", "")),
        when=when,
        title=folded.get("title", ""),
        details=rest(cells, ()),
    )


def _old(text: str) -> Moment | None:
    """``Sat Mar 10 00:00:00 2012``: a day, whose time of day is always midnight."""
    words = text.split()
    found = _WORDS.moment(f"{words[2]} {words[1]} {words[4]}") if len(words) == 5 else None
    return Moment(found.us, None, Precision.DAY) if found else None
