"""What else comes out of browsers: the history of qutebrowser, lists of visits that a tool has joined, passwords."""

from __future__ import annotations

from collections.abc import Iterator

from importers.browsers.visits import moment, visit
from importers.contract import Member, Rule, importer, skip
from importers.formats.database_records import details, number, other_tables, records, rows, text
from importers.formats.json_records import Alike, entries, inner
from importers.formats.json_records import text as field
from importers.formats.sqlite_tables import Database
from importers.records import Moment, Notice, Precision, Record

# Passwords in plain text are refused: they would be copied once more, and the file is best deleted.
skip(
    Rule(header=frozenset({"url", "username", "password"})),
    Rule(header=frozenset({"login_uri", "login_username", "login_password"})),
    source="browsers",
    why="browsers-passwords",
    weight=20,
)
skip(
    *(
        Rule(members=(f"**/{name}-{ending}",), beside=(f"**/{name}",), named=True)
        for name in ("History", "places.sqlite", "browser.db", "History.db", "chat.db", "sms.db")
        for ending in ("wal", "shm")
    ),
    source="browsers",
    why="browsers-log",
)


@importer(
    Rule(shape="json-array", keys=frozenset({"url", "dt", "metadata"})),
    source="browsers",
    reads="visits of several browsers, joined by a tool",
    product="history",
    status="proven",
)
def joined_visits(member: Member) -> Iterator[Record]:
    """One `page-visit` an entry. ``dt``: seconds since 1970 with a fraction; the duration is in seconds."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        when = _seconds(entry.fields.get("dt"))
        if when is None:
            yield Notice("browser-visit", entry.position)
        lasted = inner(entry.fields, "metadata").get("duration")
        yield visit(
            alike,
            field(entry.fields, "url"),
            when,
            title=field(inner(entry.fields, "metadata"), "title"),
            lasted=int(lasted * 1_000_000) if isinstance(lasted, int | float) and abs(lasted) < 1e9 else 0,
            details=entry.fields,
        )


@importer(
    Rule(shape="sqlite", contains=("table History\n", "table CompletionHistory\n")),
    source="browsers",
    reads="browsing history of qutebrowser",
    product="history",
    status="documents",
)
def qutebrowser(member: Member) -> Iterator[Record]:
    """One `page-visit` a visit, to the second; pages that only led on (``redirect``) count for nothing."""
    yield from records(member, _qutebrowser, ("History",))


def _qutebrowser(database: Database) -> Iterator[Record]:
    alike = Alike()
    for row in rows(database, "History"):
        if isinstance(row, Notice):
            yield row
            continue
        when = _seconds(row.cells.get("atime"))
        if when is None:
            yield Notice("browser-visit", f"record {row.number}")
        yield visit(
            alike,
            text(row.cells, "url"),
            when,
            title=text(row.cells, "title"),
            counts=not number(row.cells, "redirect"),
            details=details(row.cells, {"title"}),
        )
    yield from other_tables(database, {"History", "CompletionHistory"})


def _seconds(value: object) -> Moment | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e10:
        return None
    precision = Precision.SECOND if value == int(value) else Precision.MICROSECOND
    return moment(round(value * 1_000_000), precision)
