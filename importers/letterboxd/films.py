"""Letterboxd's archive: films seen, rated, reviewed and listed.

Facts: an archive of 2025. ``Date`` is the day of logging, ``Watched Date`` that of watching, perhaps years before. A
film of the diary stands in ``watched`` too, with another address: only the diary counts as watching.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from importers.contract import Member, Rule, importer, keep, skip
from importers.formats.dates import DateReader, Layout
from importers.formats.row_facts import Cells, facts, lines, named
from importers.formats.tables import rest
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record

_FILM = ("Date", "Name", "Year", "Letterboxd URI")
_DAYS = DateReader(Layout.YEAR_FIRST)
_BESIDE = ("**/diary.csv", "**/watched.csv")
_PROFILE = frozenset({"Date Joined", "Username", "Given Name", "Pronoun"})

skip(
    Rule(
        members=tuple(f"**/{folder}/*.csv" for folder in ("likes", "lists", "deleted", "orphaned")),
        shape="empty",
        named=True,
        beside=_BESIDE,
    ),
    source="letterboxd",
    why="letterboxd-empty",
)

# Lists begin with a table of their own above that of their films, which no real file has shown; what was deleted is
# no watching any more. Both are kept whole.
keep(
    Rule(
        members=(
            "**/lists/*.csv",
            "**/likes/reviews.csv",
            "**/likes/lists.csv",
            "**/deleted/**/*.csv",
            "**/orphaned/**/*.csv",
        ),
        shape="csv",
        named=True,
        beside=_BESIDE,
    ),
    source="letterboxd",
    weight=1,
)


@importer(
    Rule(header=frozenset({*_FILM, "Rating", "Rewatch", "Watched Date"})),
    source="letterboxd",
    reads="diary and reviews",
    status="proven",
)
def diary(member: Member) -> Iterator[Record]:
    """A `watch` on the day of watching for each entry of the diary; a review is a `review`, with its text."""
    yield from facts(lines(member, _FILM), _seen, "Date", _DAYS.moment)


def _seen(cells: Cells, logged: Moment | None) -> Item:
    review = "Review" in cells
    return Item(
        kind=Kind.REVIEW if review else Kind.WATCH,
        key=("review" if review else "diary", *named(cells, "Letterboxd URI", "Name", "Year")),
        when=_DAYS.moment(cells.get("Watched Date", "")) or logged,
        title=cells.get("Name", ""),
        text=cells.get("Review", ""),
        details=rest(cells, {"Name", "Review"}),
    )


@importer(
    Rule(header=frozenset({*_FILM, "Rating"})),
    source="letterboxd",
    reads="ratings",
    status="proven",
)
def ratings(member: Member) -> Iterator[Record]:
    """A `reaction` on the day of rating, from 0.5 to 5."""
    yield from facts(lines(member, _FILM), partial(_film, "rating", Kind.REACTION), "Date", _DAYS.moment)


@importer(
    Rule(members=("**/watched.csv", "**/watchlist.csv", "**/likes/films.csv"), header=frozenset(_FILM), named=True),
    Rule(header=frozenset(_FILM)),
    source="letterboxd",
    reads="films seen, to see and liked",
    status="proven",
)
def shelves(member: Member) -> Iterator[Record]:
    """Films to see are `bookmark`s, liked ones `reaction`s; the list of all that was seen is `other`.

    Its days are those of logging; what was watched when stands in the diary.
    """
    name = member.path.rsplit("/", 1)[-1].casefold()
    shelf, kind = next(
        ((shelf, kind) for shelf, kind in _SHELVES.items() if name.startswith(shelf)), ("list", Kind.OTHER)
    )
    yield from facts(lines(member, _FILM), partial(_film, shelf, kind), "Date", _DAYS.moment)


_SHELVES = {"watchlist": Kind.BOOKMARK, "watched": Kind.OTHER, "films": Kind.REACTION}


def _film(what: str, kind: Kind, cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=kind,
        key=(what, *named(cells, "Name", "Year", "Date")),
        when=when,
        title=cells.get("Name", ""),
        details={"list": what} | rest(cells, {"Name"}),
    )


@importer(
    Rule(header=frozenset({"Date", "Content", "Comment"}), members=("**/comments.csv",), named=True),
    Rule(header=frozenset({"Date", "Content", "Comment"}), contains=("https://boxd.it/",)),
    source="letterboxd",
    reads="comments",
    status="proven",
)
def comments(member: Member) -> Iterator[Record]:
    """A `post` on its day, under the address of what it comments."""
    yield from facts(lines(member, {"Date", "Content", "Comment"}), _comment, "Date", _DAYS.moment)


def _comment(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.POST,
        key=("comment", *named(cells, "Date", "Content", "Comment")),
        when=when,
        text=cells.get("Comment", ""),
        details=rest(cells, {"Comment"}),
    )


@importer(
    Rule(header=_PROFILE),
    source="letterboxd",
    reads="profile",
    status="proven",
)
def profile(member: Member) -> Iterator[Record]:
    """The person who holds the account."""
    for line in lines(member, _PROFILE):
        if isinstance(line, Notice):
            yield line
            continue
        cells = line.cells
        handles = (("user", "Username"), ("email", "Email Address"))
        yield Party(
            key=("account", cells.get("Username", "")),
            name=" ".join(filter(None, named(cells, "Given Name", "Family Name"))) or cells.get("Username", ""),
            handles=tuple(Handle(type_, cells[name]) for type_, name in handles if cells.get(name)),
            details=rest(cells, ()),
        )
