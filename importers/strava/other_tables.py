"""The forty other tables of the export, by the name of their file or the titles of their columns (``tables.toml``).

Facts: a real export of 2024. A file that has a header only is normal. The address book of the telephone
(``contacts.csv``) names other people only: it is kept whole, and nobody of it becomes a party.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from importers.contract import Member, Rule, importer, keep
from importers.formats.json_records import Alike
from importers.formats.row_facts import Cells, Line, lines, numbered
from importers.formats.sniff import plain
from importers.formats.tables import rest
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record, Role
from importers.strava.times import BESIDE, moment

_TABLES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    files("importers.strava").joinpath("tables.toml").read_text(encoding="utf-8")
)
_PROFILE = frozenset({"Athlete ID", "Email Address", "First Name", "Last Name", "Health Consent Status"})

keep(
    Rule(members=("**/contacts.csv",), header=frozenset({"Athlete ID", "Contact Type", "Contact Source"})),
    Rule(members=("**/contacts.csv", "**/messaging.json"), named=True, beside=BESIDE),
    source="strava",
)


def _rules() -> Iterator[Rule]:
    for stem, table in _TABLES.items():
        header = frozenset(table["header"])
        yield Rule(members=(f"**/{stem}.csv",), header=header, named=True, beside=BESIDE)
        if table.get("alone"):
            yield Rule(header=header)
    yield Rule(members=tuple(f"**/{stem}.csv" for stem in _TABLES), named=True, beside=BESIDE)


@importer(
    Rule(header=_PROFILE),
    Rule(members=("**/profile.csv",), named=True, beside=BESIDE),
    source="strava",
    product="account",
    reads="profile",
    status="proven",
)
def profile(member: Member) -> Iterator[Record]:
    """The person who holds the account: identity, address and names are the first four columns in every language."""
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        own, email, *names = [cell.strip() for cell in [*line.cells.values(), "", "", "", ""][:4]]
        handles = (("id", own), ("email", email))
        yield Party(
            key=("athlete", own or email),
            name=" ".join(name for name in names if name),
            handles=tuple(Handle(type_, value) for type_, value in handles if value),
            details=rest(line.cells, ()),
        )


@importer(*_rules(), source="strava", product="account", reads="other tables", status="proven")
def other_tables(member: Member) -> Iterator[Record]:
    """An item a row. In a language that is not known yet the first cell that is a time is the time."""
    alike = Alike()
    name = ""
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        name = name or _table(member, line.cells)
        table = _TABLES.get(name, {})
        when, written = _when(line, table)
        if written and when is None:
            yield Notice("table-date", line.position, table["time"])
        yield numbered(_item(name, table, line.cells, when), alike)


def _table(member: Member, cells: Cells) -> str:
    """Which table it is: by its file's name, else by its titles."""
    stem = member.path.rpartition("/")[2].rpartition(".")[0].casefold()
    titles = {plain(title) for title in cells}
    if stem in _TABLES:
        return stem
    return next(
        (name for name, table in _TABLES.items() if {plain(title) for title in table["header"]} <= titles), stem
    )


def _when(line: Line, table: Mapping[str, Any]) -> tuple[Moment | None, str]:
    column = table.get("time", "")
    if not column:
        return None, ""
    if column in line.cells:
        return moment(line.cells[column]), line.cells[column]
    return next((found for found in map(moment, line.cells.values()) if found is not None), None), ""


def _item(name: str, table: Mapping[str, Any], cells: Cells, when: Moment | None) -> Item:
    taken = {table.get(field, "") for field in ("title", "text")}
    person = cells.get(table.get("person", ""), "")
    return Item(
        kind=Kind(table.get("kind", Kind.OTHER)),
        key=(name, *cells.values()),
        when=when,
        title=cells.get(table.get("title", ""), ""),
        text=cells.get(table.get("text", ""), ""),
        parties=(Role("with", handle=Handle("id", person)),) if person else (),
        details={"table": name} | rest(cells, taken),
    )
