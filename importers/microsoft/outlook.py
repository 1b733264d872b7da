"""Tables that Outlook exports (contacts, calendar), and its own mailboxes, which only Outlook or a converter opens.

Facts are common knowledge, no real file: English and French names of columns, Windows-1252 or UTF-8. The order of day
and month in dates follows the computer, so the whole column tells it; times are local and their zone is not said.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.dates import DateReader, Understanding, understand
from importers.formats.json_records import Alike
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record
from importers.whole import document

_FIRST, _MIDDLE, _LAST = ("First Name", "Prénom"), ("Middle Name", "Deuxième prénom"), ("Last Name", "Nom")
_DAYS, _CLOCKS = ("Start Date", "Début", "Date de début"), ("Start Time", "Heure de début", "Début (2)")
_END_DAYS, _END_CLOCKS = ("End Date", "Fin", "Date de fin"), ("End Time", "Heure de fin")
_MAILS = ("e-mail", "messagerie")
_PHONES = ("phone", "tél", "mobile", "pager", "fax", "télécopie")


@importer(
    Rule(header=frozenset({"First Name", "Last Name", "E-mail Address"})),
    Rule(header=frozenset({"Prénom", "Nom", "Adresse de messagerie"})),
    source="outlook",
    reads="contacts",
    product="contacts",
)
def contacts(member: Member) -> Iterator[Record]:
    """One party a row, with all its mail addresses and numbers; ``0/0/00`` is no birthday and stays as it is."""
    alike = Alike()
    with member.open() as stream:
        for row in tables.rows(stream):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            handles = tuple(dict.fromkeys(_handles(row.cells)))
            name = " ".join(part for names in (_FIRST, _MIDDLE, _LAST) if (part := _cell(row.cells, names)))
            company = _cell(row.cells, ("Company", "Société"))
            yield Party(
                key=alike.key("contact", name or company, *(handle.value for handle in handles[:1])),
                name=name or company,
                type="person" if name else "organisation",
                handles=handles,
                details=tables.rest(row.cells, ()),
            )


@importer(
    Rule(header=frozenset({"Subject", "Start Date", "Start Time"})),
    Rule(header=frozenset({"Objet", "Début", "Heure de début"})),
    Rule(header=frozenset({"Objet", "Date de début", "Heure de début"})),
    source="outlook",
    reads="calendar",
    product="calendar",
)
def calendar(member: Member) -> Iterator[Record]:
    """One `event` a row. Local times without a zone are placed as if they were UTC."""
    found = _understood(member)
    reader = DateReader(found.layout) if found is not None else None
    if found is not None and found.others:
        yield Notice("outlook-dates", what=str(found.layout))
    alike = Alike()
    with member.open() as stream:
        for row in tables.rows(stream):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            day, clock = _cell(row.cells, _DAYS), _cell(row.cells, _CLOCKS)
            when = reader.moment(day, clock) if reader is not None else None
            if when is None:
                yield Notice("table-date", f"line {row.line}", "Start Date")
            title = _cell(row.cells, ("Subject", "Objet"))
            yield Item(
                kind=Kind.EVENT,
                key=alike.key("event", title, when.us if when else f"{day} {clock}"),
                when=when,
                end=_end(reader, row.cells, when),
                title=title,
                text=_cell(row.cells, ("Description",)),
                details=tables.rest(row.cells, {"Description"}),
            )


@importer(
    Rule(members=("**/*.pst", "**/*.ost"), shape="binary", named=True),
    source="outlook",
    reads="mailboxes of Outlook",
    product="mail",
)
def mailbox(member: Member) -> Iterator[Record]:
    """A mailbox of Outlook's own format: kept whole, with a word on how to have it read."""
    yield Notice("outlook-mailbox")
    yield document(member)


def _understood(member: Member) -> Understanding | None:
    with member.open() as stream:
        rows = (row for row in tables.rows(stream) if isinstance(row, tables.Row))
        return understand(_cell(row.cells, _DAYS) for row in rows)


def _end(reader: DateReader | None, cells: dict[str, str], start: Moment | None) -> int | None:
    if reader is None or start is None:
        return None
    end = reader.moment(_cell(cells, _END_DAYS), _cell(cells, _END_CLOCKS))
    return end.us if end is not None and end.us >= start.us else None


def _handles(cells: dict[str, str]) -> Iterator[Handle]:
    for name, text in cells.items():
        plain = name.casefold()
        if "@" in text and any(word in plain for word in _MAILS) and " " not in text.strip():
            yield Handle("email", text.strip())
        elif any(word in plain for word in _PHONES) and sum(map(str.isdigit, text)) >= 4:
            yield Handle("phone", text.strip())


def _cell(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := cells.get(name, "").strip())), "")
