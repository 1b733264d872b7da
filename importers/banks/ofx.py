"""OFX: bank, card and investment statements, in SGML (1.x) and XML (2.x).

Facts: real files in XML with a decimal point and with a comma, descriptions of what French banks write in SGML. The
identifier of an operation (FITID) is told by some banks again for another one (cheques), by others anew at each
download: account, day and amount belong to the identity beside it. Of dates the eight digits count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from importers.banks.amounts import amount
from importers.banks.days import digits
from importers.banks.ofx_elements import Before, Lost, Tag, tags, tree
from importers.banks.operations import Operations, balance
from importers.contract import Member, Rule, importer
from importers.records import Handle, Item, Kind, Notice, Record, Role

_MOST = 20_000
"""Tags that are held at once: one operation, or all that stands around the operations of an account."""

_STATEMENTS = frozenset({"STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS"})
_AROUND = frozenset({"BANKTRANLIST", "INVTRANLIST", "STMTRS", "CCSTMTRS", "INVSTMTRS", "OFX"}) | _STATEMENTS
_ACCOUNT = ("BANKID", "BROKERID", "BRANCHID", "ACCTID")
_BALANCES = ("LEDGERBAL", "AVAILBAL")


@dataclass
class _Statement:
    """What is known of the account whose operations are read. ``around``: all tags but those of operations."""

    header: list[str] = field(default_factory=list)
    around: list[Tag] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    operation: list[Tag] | None = None

    def account(self) -> str:
        """Bank, branch and account number as far as they are stated, with spaces between."""
        return " ".join(self.said[name] for name in _ACCOUNT if name in self.said)

    def currency(self) -> str:
        """The currency of the account; '' when it is not stated."""
        return self.said.get("CURDEF", "")

    def add(self, tag: Tag) -> None:
        """Take a tag that is no operation's; what names the account is remembered."""
        self.around.append(tag)
        if tag.text and tag.name in {*_ACCOUNT, "CURDEF"}:
            self.said.setdefault(tag.name, tag.text)


@importer(
    Rule(starts=("OFXHEADER:", "<?OFX", "<OFX>", "<ofx>")),
    Rule(shape="xml", root="OFX"),
    Rule(members=("**/*.ofx", "**/*.qfx"), named=True, contains=("STMTTRN>",)),
    source="ofx",
    reads="operations of accounts (OFX)",
    status="proven",
)
def statements(member: Member) -> Iterator[Record]:
    """One `transaction` for each STMTTRN; balances as samples; all else of an account in one `setting`."""
    made = Operations()
    statement = _Statement()
    with member.open() as stream:
        for tag in tags(stream):
            if isinstance(tag, Before):
                statement.header.append(tag.text)
            elif isinstance(tag, Lost):
                yield Notice("bank-line", f"line {tag.line}")
            else:
                yield from _tag(made, statement, tag)
    if statement.operation is not None:
        yield Notice("table-cut", f"line {statement.operation[0].line}")
        yield from _operation(made, statement)
    yield from _account(statement)


def _tag(made: Operations, statement: _Statement, tag: Tag) -> Iterator[Record]:
    if statement.operation is not None:
        if tag.name == "STMTTRN" or tag.name in _AROUND or len(statement.operation) > _MOST:
            if tag.name != "STMTTRN" or not tag.ends:
                yield Notice("table-cut", f"line {statement.operation[0].line}")
            yield from _operation(made, statement)
        else:
            statement.operation.append(tag)
            return
    if tag.name == "STMTTRN":
        statement.operation = None if tag.ends else [tag]
        return
    statement.add(tag)
    ended = tag.name in _STATEMENTS and tag.ends
    if ended or len(statement.around) > _MOST:
        yield from _account(statement)
    if ended:
        statement.said = {}


def _operation(made: Operations, statement: _Statement) -> Iterator[Record]:
    found, statement.operation = statement.operation or [], None
    if len(found) < 2:
        return
    fields = tree(found[1:])
    payee = fields.get("PAYEE")
    name = _text(fields, "NAME") or (_text(payee, "NAME") if isinstance(payee, dict) else "")
    memo = _text(fields, "MEMO")
    number = amount(_text(fields, "TRNAMT"), _mark(_text(fields, "TRNAMT")))
    own = fields.get("CURRENCY")
    yield from made.read(
        f"line {found[0].line}",
        when=digits(_text(fields, "DTPOSTED")),
        amount=number,
        label=" ".join(part for part in (name, memo) if part),
        title=name or memo or _text(fields, "TRNTYPE"),
        text=memo,
        account=statement.account(),
        number=_text(fields, "FITID"),
        currency=(_text(own, "CURSYM") if isinstance(own, dict) else "") or statement.currency(),
        parties=_party(fields, name, number),
        details={key: value for key, value in fields.items() if value and key not in {"NAME", "MEMO"}},
    )


def _party(fields: dict[str, Any], name: str, number: str | None) -> tuple[Role, ...]:
    other = fields.get("BANKACCTTO") or fields.get("CCACCTTO")
    account = _text(other, "ACCTID") if isinstance(other, dict) else ""
    if not isinstance(fields.get("PAYEE"), dict) and not account:
        return ()
    role = "to" if number is not None and number.startswith("-") else "from"
    return (Role(role, name, Handle("id", account) if account else None),)


def _mark(text: str) -> str:
    """The decimal mark: the standard knows no thousands, so that the last mark is it."""
    return "," if text.rfind(",") > text.rfind(".") else "."


def _account(statement: _Statement) -> Iterator[Record]:
    """Balances, and all that stands around the operations; nothing when nothing does."""
    around = [tag for tag in statement.around if tag.name != "OFX"]
    if not any(tag.text for tag in around):
        statement.around = []
        return
    account, currency = statement.account(), statement.currency()
    for at, tag in enumerate(around):
        if tag.name in _BALANCES and not tag.ends:
            inner = {inner.name: inner.text for inner in around[at + 1 : at + 4] if not inner.ends}
            known = amount(inner.get("BALAMT", ""), _mark(inner.get("BALAMT", "")))
            when = digits(inner.get("DTASOF", ""))
            if known is not None and when is not None:
                yield balance(account, when, known, currency, tag.name)
    details = tree(around) | ({"header": statement.header} if statement.header else {})
    statement.around = []
    key = ("account", account, msgspec.json.encode(details, order="sorted").decode())
    yield Item(kind=Kind.SETTING, key=key, title=account, details=details)


def _text(fields: Any, name: str) -> str:
    value = fields.get(name, "") if isinstance(fields, dict) else ""
    return value if isinstance(value, str) else ""
