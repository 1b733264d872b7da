"""vCard 2.1, 3.0 and 4.0: one party a card, with every property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import content_lines
from importers.formats.content_lines import Line, plain
from importers.records import Handle, Notice, Party, Record


@importer(
    Rule(starts=("BEGIN:VCARD", "begin:vcard", "BEGIN:vCard")),
    source="contacts",
    reads="contact cards (vCard)",
    status="proven",
)
def cards(member: Member) -> Iterator[Record]:
    """Each card with its handles; a card without an end is read as far as it goes."""
    card: list[Line] | None = None
    with member.open() as stream:
        for line in content_lines.read(stream):
            if isinstance(line, int):
                yield Notice("card-line", f"line {line}")
            elif line.name == "BEGIN" and line.value.strip().upper() == "VCARD":
                if card:
                    yield _party(card)
                card = []
            elif line.name == "END" and card is not None:
                yield _party(card)
                card = None
            elif card is not None:
                card.append(line)
    if card:
        yield _party(card)


def phone(text: str) -> str:
    """A number with its country; French numbers that begin with 0 get +33. Others as they are, digits only."""
    digits = re.sub(r"[^\d+]", "", text)
    return f"+33{digits[1:]}" if re.fullmatch(r"0[1-9]\d{8}", digits) else digits


def _party(card: list[Line]) -> Party:
    values = {line.name: line.value for line in reversed(card)}
    handles = tuple(dict.fromkeys(_handles(card)))
    name = plain(values.get("FN", "")) or " ".join(filter(None, map(plain, values.get("N", "").split(";")[1::-1])))
    emails = sorted(handle.value.lower() for handle in handles if handle.type == "email")
    phones = sorted(handle.value for handle in handles if handle.type == "phone")
    key: tuple[Any, ...] = ("uid", values["UID"]) if values.get("UID") else (*emails, "", *phones)
    if key == ("",):
        key = ("name", name, values.get("ORG", ""))
    kind = "group" if values.get("KIND", "").lower() == "group" else "person"
    return Party(key=key, name=name, type=kind, handles=handles, details={"lines": [line.text for line in card]})


def _handles(card: list[Line]) -> Iterator[Handle]:
    for line in card:
        value = plain(line.value).strip()
        if not value:
            continue
        if line.name == "EMAIL":
            yield Handle("email", value)
        elif line.name == "TEL":
            yield Handle("phone", phone(value.removeprefix("tel:")))
        elif line.name == "URL":
            yield Handle("url", value)
