"""The tables of the archive. Three styles of time: naive (taken as UTC), with ``Z``, and epoch seconds.

Facts: two public parsers that agree. There is no history of lessons: counters of a course are a snapshot, and a later
archive is another snapshot, never a sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from importers.contract import Member, Rule, importer, keep
from importers.formats.dates import DateReader, Layout
from importers.formats.measures import Measures
from importers.formats.row_facts import Cells, facts, lines, named
from importers.formats.tables import rest
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record

_BESIDE = ("**/leaderboards.csv", "**/languages.csv", "**/user-tree-backend.csv", "**/friends-follow.csv")
_COURSES = ("learning_language", "from_language", "points", "total_lessons")
_LEAGUES = ("leaderboard", "timestamp", "tier", "score")
_SHOP = ("item_type", "purchase_datetime", "price_in_virtual_currency")
_FRIENDS = ("num_following", "num_followers", "timestamp_generated")
_TREES = ("language", "event_timestamp", "true_progress")
_STAMPS = DateReader(Layout.YEAR_FIRST)
_SECONDS = DateReader(Layout.UNIX_SECONDS)

keep(
    Rule(members=("**/auth_data.csv", "**/ip-addresses.csv"), named=True, beside=_BESIDE),
    source="duolingo",
)


@importer(Rule(header=frozenset(_COURSES)), source="duolingo", product="learning", reads="courses")
def courses(member: Member) -> Iterator[Record]:
    """A `measurement` for each course: its counters as they stood, at the last day of learning."""
    yield from facts(lines(member, _COURSES), _course, "last_active", _STAMPS.moment)


def _course(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.MEASUREMENT,
        key=("course", *cells.values()),
        when=when,
        title=f"{cells.get('learning_language', '')} ← {cells.get('from_language', '')}",
        details=rest(cells, {"last_active"} if when else ()),
    )


@importer(Rule(header=frozenset(_LEAGUES)), source="duolingo", product="learning", reads="points of weeks")
def leagues(member: Member) -> Iterator[Record]:
    """A sample a week: the points in the league, with its tier."""
    measures = Measures()
    for line in lines(member, _LEAGUES):
        if isinstance(line, Notice):
            yield line
            continue
        cells = line.cells
        when = _STAMPS.moment(cells.get("timestamp", ""))
        if when is None:
            yield Notice("table-date", line.position, "timestamp")
            yield Item(kind=Kind.MEASUREMENT, key=("league", *cells.values()), details=dict(cells))
            continue
        more = rest(cells, {"timestamp", "score"})
        yield from measures.add("learning-points", "count", when.us, cells.get("score") or None, more=more)
    yield from measures.samples()


@importer(Rule(header=frozenset(_SHOP)), source="duolingo", product="learning", reads="shop")
def shop(member: Member) -> Iterator[Record]:
    """A `purchase` for each thing of the shop; its price is in gems, which are no money."""
    yield from facts(lines(member, _SHOP), _bought, "purchase_datetime", _STAMPS.moment)


def _bought(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.PURCHASE,
        key=("shop", *named(cells, "item_type", "purchase_datetime")),
        when=when,
        title=cells.get("item_type", ""),
        details=rest(cells, {"purchase_datetime"} if when else ()),
    )


@importer(Rule(header=frozenset(_FRIENDS)), source="duolingo", product="learning", reads="numbers of friends")
def friends(member: Member) -> Iterator[Record]:
    """How many follow and are followed, at the time of the archive."""
    yield from facts(lines(member, _FRIENDS), _counted, "timestamp_generated", _SECONDS.moment)


def _counted(cells: Cells, when: Moment | None) -> Item:
    return Item(kind=Kind.MEASUREMENT, key=("friends", *cells.values()), when=when, details=rest(cells, ()))


@importer(Rule(header=frozenset(_TREES)), source="duolingo", product="learning", reads="progress")
def trees(member: Member) -> Iterator[Record]:
    """Where a course stood; the text is a dump of the service's own and is kept as it is."""
    yield from facts(lines(member, _TREES), _tree, "event_timestamp", _STAMPS.moment)


def _tree(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.OTHER,
        key=("progress", *named(cells, "language", "event_timestamp", "true_progress")),
        when=when,
        title=cells.get("language", ""),
        details=rest(cells, {"event_timestamp"} if when else ()),
    )


@importer(
    Rule(members=("**/profile.csv",), header=frozenset({"name", "value"}), named=True, beside=_BESIDE),
    source="duolingo",
    product="learning",
    reads="profile",
)
def profile(member: Member) -> Iterator[Record]:
    """The person: a table whose rows are the fields."""
    fields: dict[str, str] = {}
    numbers: Counter[str] = Counter()
    for line in lines(member, ("name", "value")):
        if isinstance(line, Notice):
            yield line
            continue
        own = name = line.cells.get("name", "")
        while name in fields:
            numbers[own] += 1
            name = f"{own} ({numbers[own] + 1})"
        fields[name] = line.cells.get("value", "")
    own, email = fields.get("username", ""), fields.get("email", "")
    if fields:
        yield Party(
            key=("profile", own or email),
            name=fields.get("fullname", ""),
            handles=tuple(Handle(type_, value) for type_, value in (("user", own), ("email", email)) if value),
            details=fields,
        )
