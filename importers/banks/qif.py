"""QIF: no account number and no identifiers; the weakest of the formats of money.

Facts: descriptions of what programs write. ``!Type:Bank`` and its like begin a list, ``^`` ends a record, the first
letter of a line names its field. Whether day or month stands first and which mark is the decimal one is decided over
the whole file, which is read twice; French banks write the day first, with commas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.banks.amounts import amount
from importers.banks.operations import Operations
from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Evidence, Layout
from importers.formats.text_lines import text_lines
from importers.generic.numerals import Marks
from importers.records import Item, Kind, Notice, Record

_LINE = 1 << 20
_MOST = 5_000
"""Lines of the longest record."""

_MONEY = frozenset({"bank", "cash", "ccard", "oth a", "oth l"})
_NAMES = {
    "D": "date",
    "T": "amount",
    "U": "amount again",
    "P": "payee",
    "M": "memo",
    "N": "number",
    "C": "cleared",
    "L": "category",
    "A": "address",
    "S": "split category",
    "E": "split memo",
    "$": "split amount",
}


@dataclass
class _List:
    """The list that is being read. ``account``: of the ``!Account`` record before it."""

    type: str = ""
    account: str = ""
    line: int = 0
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Habits:
    """How this file writes days and amounts. ``doubt``: every day of it may be read in two ways."""

    days: DateReader
    mark: str
    doubt: bool


@importer(
    Rule(starts=("!Type:", "!Account", "!Option:", "!Clear:", "!type:")),
    source="qif",
    reads="operations of accounts (QIF)",
)
def records(member: Member) -> Iterator[Record]:
    """`transaction` for lists of money; records of other lists (securities, categories) are kept whole."""
    habits = _habits(member)
    if habits.doubt:
        yield Notice("bank-day-month")
    made, current = Operations(), _List()
    for number, line in _lines(member):
        if line is None:
            yield Notice("bank-line", f"line {number}")
        elif line.startswith("!"):
            yield from _record(made, habits, current)
            if not line.lower().startswith(("!option:", "!clear:")):
                current.type = line.partition(":")[2].strip().lower() if ":" in line else line[1:].strip().lower()
        elif line.startswith("^") or len(current.lines) >= _MOST:
            yield from _record(made, habits, current)
        else:
            current.line = current.line if current.lines else number
            current.lines.append(line)
    if current.lines:
        yield Notice("table-cut", f"line {current.line}")
    yield from _record(made, habits, current)


def _lines(member: Member) -> Iterator[tuple[int, str | None]]:
    """Numbered lines that hold something; None for one that is far too long."""
    with member.open() as stream:
        for number, text, lost, error in text_lines(stream, _LINE):
            if error is not None:
                raise error
            if lost:
                yield number, None
            elif text.strip():
                yield number, text.strip()


def _habits(member: Member) -> _Habits:
    dates, marks = Evidence(), Marks()
    for _, line in _lines(member):
        if line is not None and line.startswith("D"):
            dates.add(_day(line[1:]))
        elif line is not None and line[0] in "TU$":
            marks.add(line[1:])
    found = dates.understanding()
    layout = found.layout if found is not None else Layout.DAY_FIRST
    doubt = found is not None and Layout.MONTH_FIRST in found.others
    return _Habits(DateReader(layout), "." if marks.dot > marks.comma else ",", doubt)


def _day(text: str) -> str:
    """``31/12'19`` and ``1/ 5'04`` as other programs write them."""
    return text.replace("'", "/").replace(" ", "")


def _record(made: Operations, habits: _Habits, current: _List) -> Iterator[Record]:
    lines, current.lines = current.lines, []
    if not lines:
        return
    if current.type == "account":
        current.account = next((line[1:] for line in lines if line.startswith("N")), "")
    if current.type not in _MONEY:
        yield Item(
            kind=Kind.OTHER,
            key=made.numbered((current.type, current.account, *lines)),
            when=next((habits.days.moment(_day(line[1:])) for line in lines if line.startswith("D")), None),
            title=next((line[1:] for line in lines if line[0] in "NY"), ""),
            details={"list": current.type, "lines": lines},
        )
        return
    first = {line[0]: line[1:].strip() for line in reversed(lines)}
    payee, memo = first.get("P", ""), first.get("M", "")
    yield from made.read(
        f"line {current.line}",
        when=habits.days.moment(_day(first.get("D", ""))),
        amount=amount(first.get("T") or first.get("U", ""), habits.mark),
        label=" ".join(part for part in (payee, memo) if part),
        title=payee or memo,
        text=memo,
        account=current.account,
        currency="",
        also=(first.get("N", ""),),
        details=_details(current.type, lines),
    )


def _details(type_: str, lines: list[str]) -> dict[str, str | list[str]]:
    """All fields by name; those that occur several times (splits, addresses) as lists."""
    found: dict[str, list[str]] = {"list": [type_]}
    for line in lines:
        found.setdefault(_NAMES.get(line[0], line[0]), []).append(line[1:].strip())
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}
