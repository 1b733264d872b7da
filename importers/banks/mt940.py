"""MT940 and MT942 (SWIFT): statements of accounts as fields.

Facts: real files of six banks. Own reading: a strict one fails on lines that are wrapped inside an amount, on
references that are too long and on days that do not exist, and one such line would cost the file.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from importers.banks.amounts import amount
from importers.banks.days import whole
from importers.banks.mt940_fields import Field, fields
from importers.banks.mt940_words import Words, words
from importers.banks.operations import Operations, balance
from importers.contract import Member, Rule, importer
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role

_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4}|\s{4})?\s*(?P<way>RC|RD|EC|ED|C|D)(?P<letter>[A-Z])?(?P<amount>\d[\d.,]*)"
    r"(?P<type>[NFS][A-Z0-9]{3})?(?P<own>.*?)(?://(?P<bank>.*))?\Z"
)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d[\d.,]*)")
_OPENING, _CLOSING = frozenset({"20", "25", "25P", "60F", "60M"}), frozenset({"62F", "62M", "34F", "90C", "90D"})
_BALANCES = frozenset({"60F", "60M", "62F", "62M", "64", "65"})
_LEFT = frozenset({"D", "RC", "ED"})


@dataclass
class _Statement:
    """What is known of the statement that is being read. ``around``: all fields but those of entries."""

    account: str = ""
    currency: str = ""
    around: list[Field] = field(default_factory=list)
    entry: Field | None = None
    ended: bool = False


@importer(
    Rule(members=("**/*.sta", "**/*.mt940", "**/*.940", "**/*.942"), named=True, contains=("\n:25:", "\n:28")),
    Rule(contains=("\n:25:", "\n:28C:", "\n:60F:")),
    Rule(contains=("\n:25:", "\n:28C:", "\n:60M:")),
    Rule(contains=("\n:25:", "\n:28C:", "\n:34F:")),
    Rule(contains=("\n:25:", "\n:28:", "\n:60F:")),
    Rule(starts=(":61:",), contains=("86:",)),
    source="mt940",
    reads="account statements (MT940)",
    status="proven",
)
def statements(member: Member) -> Iterator[Record]:
    """One `transaction` for each field 61, on its entry day, else on its value day; field 86 says what it was."""
    made, statement = Operations(), _Statement()
    with member.open() as stream:
        for found in fields(stream):
            yield from _field(made, statement, found)
    yield from _finish(made, statement, None)
    if _is_open(statement):
        yield Notice("bank-statement-open")
    yield from _told(statement)


def _is_open(statement: _Statement) -> bool:
    """Whether a statement has begun and has no closing balance, nor the sums that close an interim one."""
    tags = {found.tag for found in statement.around}
    return bool(tags & _OPENING) and not tags & _CLOSING


def _field(made: Operations, statement: _Statement, found: Field) -> Iterator[Record]:
    if found.tag == "86" and statement.entry is not None:
        yield from _finish(made, statement, found)
        return
    yield from _finish(made, statement, None)
    if found.tag == "61":
        statement.entry = found
        return
    if found.tag == "20" and any(one.tag == "20" for one in statement.around):
        yield from _told(statement)
    statement.around.append(found)
    if found.tag in {"25", "25P"}:
        statement.account = found.lines[0].strip()
    elif found.tag in _BALANCES:
        yield from _balance(statement, found)
    elif found.tag == "-":
        yield from _told(statement)


def _balance(statement: _Statement, found: Field) -> Iterator[Record]:
    parts = _BALANCE.match("".join(found.lines).strip())
    known = amount(parts[4]) if parts else None
    if parts is None or known is None:
        yield Notice("bank-balance-unread", f"line {found.line}")
        return
    statement.currency = parts[3]
    signed = _signed(known, left=parts[1] == "D")
    yield balance(statement.account, whole(_date(parts[2])), signed, parts[3], found.tag)


def _finish(made: Operations, statement: _Statement, about: Field | None) -> Iterator[Record]:
    """The entry that was waiting for its field 86."""
    entry, statement.entry = statement.entry, None
    if entry is None:
        return
    lines = about.lines if about else ()
    parts, extra = _parts(entry.lines)
    details = {"61": "\n".join(entry.lines)} | ({"86": "\n".join(lines)} if lines else {})
    said = words(lines)
    if parts is None:
        known, when, references = None, None, ""
    else:
        found = amount(parts["amount"])
        known = None if found is None else _signed(found, left=parts["way"] in _LEFT)
        when = _day(parts)
        references = f"{parts['value']} {parts['own']} {parts['bank'] or ''}".strip()
    yield from made.read(
        f"line {entry.line}",
        when=when,
        amount=known,
        label=" ".join((references or entry.lines[0], said.name, said.text, *extra)),
        title=said.name or said.text.partition("\n")[0] or " ".join(extra) or references or entry.lines[0],
        text=said.text or "\n".join(extra),
        account=statement.account,
        currency=statement.currency,
        parties=_party(said, known),
        details=details,
    )


def _parts(lines: Sequence[str]) -> tuple[re.Match[str] | None, tuple[str, ...]]:
    """The parts of a field 61, and the lines below them. The first line may be wrapped inside the amount."""
    for count in (1, 2):
        found = _ENTRY.match("".join(lines[:count]).strip())
        if found is not None and found["amount"]:
            return found, tuple(lines[count:])
    return None, tuple(lines[1:])


def _party(said: Words, known: str | None) -> tuple[Role, ...]:
    if not said.name and not said.account:
        return ()
    role = "to" if known is not None and known.startswith("-") else "from"
    return (Role(role, said.name, Handle("id", said.account) if said.account else None),)


def _signed(number: str, *, left: bool) -> str:
    """A number without the zeros that banks put before it, below zero when money left."""
    digits, _, fraction = number.partition(".")
    number = (digits.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
    return f"-{number}" if left and number.strip("0.") else number


def _day(parts: re.Match[str]) -> Moment | None:
    """The entry day, which has no year: the one that lies nearest to the value day. Without it the value day."""
    try:
        value = _date(parts["value"])
        entry = (parts["entry"] or "").strip()
        if not entry:
            return whole(value)
        near = (_of(value.year + step, int(entry[:2]), int(entry[2:])) for step in (0, -1, 1))
        return whole(min(near, key=lambda day: abs((day - value).days)))
    except ValueError:
        return None


def _date(digits: str) -> datetime:
    """``YYMMDD``. Raises ValueError."""
    year = int(digits[:2])
    return _of(year + (1900 if year >= 80 else 2000), int(digits[2:4]), int(digits[4:]))


def _of(year: int, month: int, day: int) -> datetime:
    """A day; the last one of the month when it does not exist (30 February). Raises ValueError."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueError("no day")
    return datetime(year, month, min(day, calendar.monthrange(year, month)[1]), tzinfo=UTC)


def _told(statement: _Statement) -> Iterator[Item]:
    """All that stands around the entries of a statement, whole; nothing when nothing does."""
    around, statement.around = statement.around, []
    if not any(found.tag not in {"", "-"} for found in around):
        statement.around = [found for found in around if not found.tag]
        return
    lines = [f":{found.tag}:" * (found.tag != "-" and bool(found.tag)) + "\n".join(found.lines) for found in around]
    yield Item(
        kind=Kind.SETTING,
        key=("statement", statement.account, *lines),
        title=statement.account,
        details={"fields": lines},
    )
    statement.account = statement.currency = ""
