"""CAMT.052, .053 and .054 (ISO 20022): what a bank reports within the day, as a statement, and as a notification.

Facts: real files of versions 2, 4 and 8. One entry may bundle many payments: their amounts are part of its own and
never added. An amount is positive, its indicator says which way it went, for reversals too. The same entry in a
report, a statement and a notification is one: the reference of the bank, the day and the amount are its identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from importers.banks.amounts import amount, negative
from importers.banks.camt_entry import described, first_text, parties, plain_tree
from importers.banks.days import digits, whole
from importers.banks.operations import Operations, balance
from importers.contract import Member, Rule, importer
from importers.formats.xml_stream import Closed, Damage, Element, Opened, elements
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_MESSAGES = frozenset({"BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"})
_ACCOUNTS = frozenset({"Stmt", "Rpt", "Ntfctn"})
_MOST = 5_000
"""Elements beside the entries of a statement that are told together."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class _Account:
    """What is known of the statement that is being read. ``around``: all its elements but entries."""

    id: str = ""
    currency: str = ""
    around: list[Element] = field(default_factory=list)


@importer(
    Rule(shape="xml", contains=("urn:iso:std:iso:20022:tech:xsd:camt.053.",)),
    Rule(shape="xml", contains=("urn:iso:std:iso:20022:tech:xsd:camt.052.",)),
    Rule(shape="xml", contains=("urn:iso:std:iso:20022:tech:xsd:camt.054.",)),
    source="camt",
    reads="account statements (CAMT)",
    status="proven",
)
def entries(member: Member) -> Iterator[Record]:
    """One `transaction` an entry, on its booking day; entries that are not booked yet are kept as kind `other`."""
    made, account = Operations(), _Account()
    count = 0
    for event in elements(member.pieces(), _MESSAGES | _ACCOUNTS | {"Document"}):
        match event:
            case Element(name="Ntry"):
                count += 1
                yield from _entry(made, account, event, f"record {count}")
            case Element():
                yield from _beside(account, event)
            case Opened(name=name) if name in _ACCOUNTS:
                yield from _told(account, "message")
            case Closed(name=name) if name in _ACCOUNTS | _MESSAGES:
                yield from _told(account, "statement")
            case Damage():
                yield Notice(event.reason, f"byte {event.byte}")
            case _:
                pass
    yield from _told(account, "statement")


def _beside(account: _Account, element: Element) -> Iterator[Record]:
    if len(account.around) >= _MOST:
        own = account.id, account.currency
        yield from _told(account, "statement")
        account.id, account.currency = own
    account.around.append(element)
    if element.name == "Acct":
        account.id = first_text(element, "Id", "IBAN") or first_text(element, "Id", "Othr", "Id")
        account.currency = element.said("Ccy")
    if element.name != "Bal":
        return
    when, known = _day(element.child("Dt")), _signed(element)
    money = element.child("Amt")
    type_ = first_text(element, "Tp", "CdOrPrtry", "Cd") or first_text(element, "Tp", "CdOrPrtry", "Prtry")
    if when is None or known is None or money is None:
        yield Notice("bank-balance-unread", f"byte {element.byte}")
        return
    yield balance(account.id, when, known, money.attributes.get("Ccy", account.currency), type_)


def _entry(made: Operations, account: _Account, entry: Element, position: str) -> Iterator[Record]:
    money = entry.child("Amt")
    number = _signed(entry)
    reference = entry.said("AcctSvcrRef")
    told = described(entry)
    booked = entry.child("BookgDt")
    yield from made.read(
        position,
        when=_day(booked) or _day(entry.child("ValDt")),
        amount=number,
        label=f"{entry.said('NtryRef')} {told.title} {told.text}",
        title=told.title,
        text=told.text,
        account=account.id,
        number=reference,
        day=first_text(booked, "Dt")[:10] or first_text(booked, "DtTm")[:10] if booked is not None else "",
        currency=money.attributes.get("Ccy", "") if money is not None else account.currency,
        parties=parties(entry, incoming=entry.said("CdtDbtInd") == "CRDT"),
        kind=Kind.TRANSACTION if _is_booked(entry) else Kind.OTHER,
        details=plain_tree(entry),
    )


def _is_booked(entry: Element) -> bool:
    """Version 2 writes the state as text, version 8 within a code."""
    return (first_text(entry, "Sts", "Cd") or entry.said("Sts")) not in {"PDNG", "INFO", "FUTR"}


def _signed(element: Element) -> str | None:
    number = amount(element.said("Amt"), ".")
    return negative(number) if number is not None and element.said("CdtDbtInd") == "DBIT" else number


def _day(element: Element | None) -> Moment | None:
    """``Dt`` is a day; ``DtTm`` a time with its offset, of which the day counts where the bank is."""
    if element is None:
        return None
    if day := element.said("Dt"):
        return digits(day[:10].replace("-", ""))
    try:
        stamp = datetime.fromisoformat(element.said("DtTm"))
    except ValueError:
        return None
    if stamp.tzinfo is None:
        return whole(stamp.replace(tzinfo=UTC))
    offset = stamp.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset is not None else None
    return Moment(int((stamp - _EPOCH).total_seconds()) * 1_000_000, minutes, Precision.SECOND)


def _told(account: _Account, what: str) -> Iterator[Item]:
    """All that stands around the entries, whole; nothing when nothing does."""
    around, account.around = account.around, []
    if not around:
        return
    details = plain_tree(Element(what, {}, around))
    yield Item(
        kind=Kind.SETTING,
        key=(what, account.id, msgspec.json.encode(details, order="sorted").decode()),
        title=account.id or first_text(Element(what, {}, around), "GrpHdr", "MsgId"),
        details=details,
    )
    account.id = account.currency = ""
