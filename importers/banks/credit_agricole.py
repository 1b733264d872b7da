"""Crédit Agricole: an account and its cards in one file, or cards alone, each in a section with the same column titles.

Facts: four real files. A label has several lines, empty ones among them: the kind of the operation, the party and the
reason, then mandate, creditor and reference of a direct debit. A card with deferred debit stands on the account as
one total a month (``DEPENSES CARTE X1091 AU 18/06/26``), and in its own section row by row. Both are kept and neither
counts twice: the account has `transaction`, what was bought with the card is a `purchase`, positive when it was paid.
Both name the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.banks.amounts import amount, moved, turned
from importers.banks.days import moment
from importers.banks.operations import Operations, balance, head
from importers.banks.rows import Row, comparable, value
from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.sniff import plain
from importers.records import Kind, Notice, Record

_TITLES = frozenset({"Date", "Libellé", "Débit euros", "Crédit euros"})
_WANTED = frozenset(map(plain, _TITLES))
_DAY = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{2,4}\s*\Z")
_BALANCE = re.compile(r"solde au (\d\d/\d\d/\d{4})\s+(\S.*)", re.IGNORECASE)
_ACCOUNT = re.compile(r"compte .*n° ?(\w+)", re.IGNORECASE)
_CARD = re.compile(r"\s*carte n° ?[\dX*]*?(\d{4})\s*\Z", re.IGNORECASE)
_TOTAL = re.compile(r"DEPENSES CARTE X(\d{4})")


@dataclass
class _Section:
    """What is known where a row stands. ``lines``: those above its titles; ``account``: '' when it is not named."""

    account: str = ""
    card: str = ""
    lines: list[list[str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)


@importer(
    Rule(header=_TITLES),
    source="credit-agricole",
    reads="operations of accounts and cards (CSV)",
    languages=("fr",),
    status="proven",
)
def operations(member: Member) -> Iterator[Record]:
    """`transaction` for accounts, `purchase` for deferred cards; the balance becomes a sample."""
    made = Operations()
    section = _Section()
    with member.open() as stream:
        for row in tables.cells(stream, ";"):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            if not any(cell.strip() for cell in row.cells):
                continue
            if {comparable(cell) for cell in row.cells} >= _WANTED:
                _open(section, row.cells)
                yield from _told(section)
            elif section.titles and _is_operation(section, row.cells):
                yield from _operation(made, section, row)
            else:
                if not row.ended and len(row.cells) < len(section.titles):
                    yield Notice("table-cut", f"line {row.line}")
                section = _next(section)
                section.lines.append(row.cells)
    yield from _told(section)


def _next(section: _Section) -> _Section:
    """The section that a line above titles belongs to: the same as long as no rows have begun."""
    return _Section(account=section.account) if section.titles else section


def _open(section: _Section, titles: list[str]) -> None:
    section.titles = [title.strip() or f"column {at}" for at, title in enumerate(titles, 1)]
    section.names = {comparable(title): title for title in reversed(section.titles)}
    for line in section.lines:
        text = " ".join(filter(None, map(value, line)))
        if found := _CARD.match(text):
            section.card = found[1]
        elif found := _ACCOUNT.search(text):
            section.account = found[1]


def _told(section: _Section) -> Iterator[Record]:
    """What stands above the titles, once."""
    lines, section.lines = section.lines, []
    yield from head(section.card or section.account, lines)
    for line in lines:
        found = _BALANCE.match(" ".join(map(value, line)).strip())
        when, known = (moment(found[1]), amount(found[2])) if found else (None, None)
        if when is not None and known is not None:
            yield balance(section.account, when, known, "EUR")


def _is_operation(section: _Section, cells: list[str]) -> bool:
    """A row with a day; or one whose day is damaged: all that operations have stands in it."""
    if _DAY.match(cells[0]):
        return True
    row = _row(section, 0, cells)
    return bool(cells[0].strip() and row.said("Libellé") and _moved(row) is not None)


def _operation(made: Operations, section: _Section, found: tables.Cells) -> Iterator[Record]:
    row = _row(section, found.line, found.cells)
    number, label = _moved(row), row.said("Libellé")
    lines = [line for part in label.splitlines() if (line := part.strip())]
    card = section.card or (total[1] if (total := _TOTAL.search(label)) else "")
    yield from made.read(
        row.position,
        when=moment(row.said("Date")),
        amount=turned(number) if section.card and number else number,
        label=label,
        title=lines[1] if len(lines) > 1 else label,
        text="\n".join(lines),
        account=section.card or section.account,
        kind=Kind.PURCHASE if section.card else Kind.TRANSACTION,
        details=row.rest("Libellé") | ({"card": card} if card else {}),
    )
    if not found.ended and len(found.cells) < len(section.titles):
        yield Notice("table-cut", row.position)


def _row(section: _Section, line: int, cells: list[str]) -> Row:
    titles = [*section.titles, *(f"column {at}" for at in range(len(section.titles) + 1, len(cells) + 1))]
    return Row(line, dict(zip(titles, cells, strict=False)), section.names)


def _moved(row: Row) -> str | None:
    return moved(row.said("Débit euros"), row.said("Crédit euros"))
