"""PDFs of known French issuers: kept whole, with what their text says about who wrote them, when, and how much.

These services hand out no data but papers. What is found stands in the details with its confidence; it is a help to
find a paper again, and nothing is computed with it: the amount is not put into the column of amounts.
"""

from __future__ import annotations

import re
import time
from dataclasses import asdict
from typing import Any

import msgspec

from importers.contract import Member, Rule, keep
from importers.formats import pdf_text
from importers.formats.french_stamps import moment
from importers.france.findings import LIKELY, MAYBE, Findings, Found, findings, fold, is_sure, known, name_of
from importers.generic.documents import WEIGHT, pdf_created
from importers.records import Item, Role

SECONDS = 20.0
"""Processor time that the papers of one archive may take; those after it are kept without a look at their text."""

LETTERS = 20_000
"""Letters of a paper's text that are kept for the search."""

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=_)")
_MONEY = re.compile(r"(?<![\d.,])(\d+)[.,](\d\d) ?(?:€|eur)")


class _Clock:
    """Processor time that is left for the papers of one archive."""

    def __init__(self) -> None:
        self.left = SECONDS


def described(member: Member, document: Item) -> Item:
    """The document with what its text says; with the text itself when it is that of no known issuer.

    Its date is the one that the paper states, where it states one surely; else when the PDF was made.
    """
    folders = member.path.rsplit("/", 1)[0] if "/" in member.path else ""
    beside: dict[str, Any] = {"folder": folders} if folders else {}
    clock = member.archive.memo("france.documents.clock", _Clock)
    if not isinstance(clock, _Clock) or clock.left <= 0:
        return _with(document, Findings(), beside | {"text": "not looked at"})
    began = time.process_time()
    lines = _lines(member)
    found = findings(lines)
    clock.left -= time.process_time() - began
    item = _with(document, found if found.issuer else _from_name(document.title, found), beside)
    return item if item.text else msgspec.structs.replace(item, text=_words(lines))


def _lines(member: Member) -> list[str]:
    if member.size > pdf_text.LARGEST:
        return []
    data = bytearray()
    for piece in member.pieces():
        data += piece
        if len(data) > pdf_text.LARGEST:
            return []
    return pdf_text.lines(bytes(data))


def _words(lines: list[str]) -> str:
    """The text of the first pages, by whose words a paper of unknown issuer is found; scans have none."""
    return "\n".join(lines).replace("\0", "")[:LETTERS].encode("utf-8", "replace").decode()


def _with(document: Item, found: Findings, beside: dict[str, Any]) -> Item:
    if found.issuer is None:
        return msgspec.structs.replace(document, details=beside) if beside else document
    told = {name: value for name, value in asdict(found).items() if isinstance(value, dict)}
    if found.amount:
        told["amount"]["currency"] = "EUR"
    if found.years:
        told["years"] = {"notice": found.years[0], "income": found.years[1]}
    return msgspec.structs.replace(
        document,
        when=found.when if is_sure(found.when, found.date) else document.when,
        text=_sentence(found),
        parties=(Role("from", found.issuer.value),) if found.issuer.confidence >= LIKELY else (),
        details={"found": told} | beside,
    )


def _sentence(found: Findings) -> str:
    """Words by which the paper is found again; none from a guess."""
    if found.issuer is None or found.issuer.confidence < LIKELY:
        return ""
    return " · ".join((found.issuer.value, *((name_of(found.sort.value),) if found.sort else ())))


def _from_name(name: str, found: Findings) -> Findings:
    """What the name of the file says where the text names nobody: less sure, as names are free."""
    issuer = known(name)
    if issuer is None:
        return found
    folded = fold(name)
    day, money = _DAY.search(folded), _MONEY.search(folded)
    when = moment("-".join(day.groups())) if day else None
    return Findings(
        issuer=Found(issuer[1], MAYBE),
        issuer_id=issuer[0],
        sort=found.sort,
        date=found.date or (Found(day[0], MAYBE) if day and when else None),
        when=found.when or when,
        amount=found.amount or (Found(f"{money[1]}.{money[2]}", MAYBE) if money else None),
        reference=found.reference,
        years=found.years,
    )


keep(
    Rule(shape="pdf", alone=True),
    Rule(shape="pdf", strange=True),
    source="documents",
    weight=WEIGHT + 1,
    when=pdf_created,
    about=described,
)
