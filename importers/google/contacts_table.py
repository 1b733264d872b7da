"""Contacts as a table: headers of two generations, English in every language; a cell may hold several values.

The old one has ``Given Name`` and ``Group Membership``, that of 2024 ``First Name`` and ``Labels``. Nothing is an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.google.rows import rows
from importers.records import Handle, Notice, Party, Record

_HANDLES = (("email", re.compile(r"E-mail \d+ - Value\Z")), ("phone", re.compile(r"Phone \d+ - Value\Z")))
_NAMES = (("First Name", "Middle Name", "Last Name"), ("Given Name", "Additional Name", "Family Name"))
_SEVERAL = " ::: "


@importer(
    Rule(shape="csv", header=frozenset({"Given Name", "Group Membership"})),
    Rule(shape="csv", header=frozenset({"First Name", "Labels", "E-mail 1 - Value"})),
    Rule(shape="csv", header=frozenset({"First Name", "Labels", "Phone 1 - Value"})),
    source="google",
    product="contacts",
    reads="contacts (CSV)",
)
def contacts_table(member: Member) -> Iterator[Record]:
    """A party a row, known by its name and by all its addresses and numbers; files of single labels repeat them."""
    for row in rows(member):
        if isinstance(row, Notice):
            yield row
            continue
        cells = {name: cell for name, cell in row.cells.items() if cell}
        handles = tuple(_handles(cells))
        name = _name(cells)
        own = (name, *sorted((handle.type, handle.value) for handle in handles))
        yield Party(
            key=("contact", *(own if name or handles else cells.values())),
            name=name,
            type="person" if any(cells.get(part) for parts in _NAMES for part in parts) else _type(cells),
            handles=handles,
            details=cells,
        )


def _handles(cells: dict[str, str]) -> Iterator[Handle]:
    for name, cell in cells.items():
        for kind, shape in _HANDLES:
            if shape.match(name):
                yield from (Handle(kind, value.strip()) for value in cell.split(_SEVERAL) if value.strip())


def _name(cells: dict[str, str]) -> str:
    joined = (" ".join(filter(None, (cells.get(part, "") for part in parts))) for parts in _NAMES)
    organisations = ("Organization Name", "Organization 1 - Name")
    return cells.get("Name") or next(filter(None, (*joined, *(cells.get(name, "") for name in organisations))), "")


def _type(cells: dict[str, str]) -> str:
    named = any(cells.get(name) for name in ("Organization Name", "Organization 1 - Name"))
    return "organisation" if named and not cells.get("Name") else "person"
