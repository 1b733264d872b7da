"""vCard 2.1, 3.0 and 4.0: one party a card, with every property.

Identity: the card's own number, name, addresses, numbers and organisation. So the same card in another file or under
another label adds nothing, a card that has got a new number adds that, and two people who share an address stay two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import content_lines
from importers.formats.content_lines import Line, fields, plain
from importers.formats.variants import Variants
from importers.records import File, Handle, Item, Kind, Notice, Party, Record

_NAMES = ("**/*.vcf", "**/*.vcard")

LONGEST = 1 << 18
"""Characters of a card that go to ``details``; a longer card is kept whole in the file ``card.vcf``."""

_LARGEST = 64 << 20
_OUTSIDE = 1_000
_FILES = {"PHOTO": "photo", "LOGO": "logo", "SOUND": "sound", "KEY": "key"}
_SUFFIXES = {"jpeg": "jpg", "jpg": "jpg", "png": "png", "gif": "gif", "webp": "webp", "wave": "wav", "wav": "wav"}
_PASSING = {"REV", "PRODID", "CATEGORIES", "VERSION", "X-IMAGEHASH"}
"""Properties that differ between two copies of one card."""


@dataclass
class _Card:
    number: int
    lines: list[Line] = field(default_factory=list)
    inner: int = 0
    size: int = 0


@importer(
    Rule(members=_NAMES, starts=("BEGIN:VCARD", "begin:vcard", "BEGIN:vCard", "Begin:Vcard", "Begin:vCard")),
    Rule(members=_NAMES),
    source="contacts",
    reads="contact cards (vCard)",
    status="proven",
)
def cards(member: Member) -> Iterator[Record]:
    """Each card with its handles; a card without an end is read as far as it goes, and told."""
    seen = Variants()
    card: _Card | None = None
    outside: list[Line] = []
    with member.open() as stream:
        for line in content_lines.read(stream):
            if not line.name or line.cut:
                yield Notice("contacts-line", f"line {line.number}", "" if line.cut else "colon")
            is_card = line.value.strip().upper() == "VCARD"
            opening, closing = line.name == "BEGIN" and is_card, line.name == "END" and is_card
            if opening and (card is None or not _is_agent(card)):
                if card is not None:
                    yield from _unfinished(card, seen)
                card = _Card(line.number)
            elif card is None:
                outside.append(line)
                if len(outside) == _OUTSIDE:
                    yield from _outside(outside)
                    outside = []
            elif closing and not card.inner:
                yield _party(card, seen)
                card = None
            else:
                card.inner += opening - closing
                card.lines.append(_inner(line) if card.inner or closing else line)
                card.size += len(line.text)
                if card.size > _LARGEST:
                    yield from _unfinished(card, seen)
                    card = None
    if card is not None:
        yield from _unfinished(card, seen)
    if outside:
        yield from _outside(outside)


def _unfinished(card: _Card, seen: Variants) -> Iterator[Record]:
    yield Notice("contacts-cut-off", f"line {card.number}")
    yield _party(card, seen)


def _outside(lines: list[Line]) -> Iterator[Record]:
    """Lines that belong to no card are kept as they are."""
    yield Notice("contacts-outside", f"line {lines[0].number}")
    shown = [line.shown for line in lines]
    said = hashlib.blake2b("\n".join(shown).encode("utf-8", "replace"), digest_size=12).hexdigest()
    yield Item(kind=Kind.OTHER, key=("outside", said), details={"lines": shown})


def phone(text: str) -> str:
    """A number with its country, '' without digits; French numbers that begin with 0 get +33. Others as they are."""
    digits = re.sub(r"[^\d+]", "", text)
    return f"+33{digits[1:]}" if re.fullmatch(r"0[1-9]\d{8}", digits) else digits


def _is_agent(card: _Card) -> bool:
    """A card inside a card stands below ``AGENT`` (vCard 2.1), at whatever depth."""
    last = card.lines[-1] if card.lines else None
    return last is not None and last.name.lstrip("-") == "AGENT" and not last.value.strip()


def _inner(line: Line) -> Line:
    """A line of a card inside the card: kept, and not mistaken for the card's own."""
    return Line(line.number, line.group, f"-{line.name}", line.parameters, line.value, line.text, line.start, line.cut)


def _party(card: _Card, seen: Variants) -> Party:
    values = {line.name: line.value for line in reversed(card.lines)}
    handles = tuple(dict.fromkeys(_handles(card.lines)))
    family, given, *_ = [*fields(values.get("N", "")), "", ""]
    organisation = " ".join(filter(None, fields(values.get("ORG", ""))))
    own = plain(values.get("FN", "")).strip() or " ".join(filter(None, (given, family)))
    name = own or organisation or plain(values.get("NICKNAME", "")).strip() or (handles[0].value if handles else "")
    files, lines = _kept(card)
    return Party(
        key=_key(card, values, own, handles, seen),
        name=name,
        type=_type(values, own=own, organisation=organisation),
        handles=handles,
        details={"lines": lines},
        files=files,
    )


def _key(
    card: _Card,
    values: dict[str, str],
    name: str,
    handles: tuple[Handle, ...],
    seen: Variants,
) -> tuple[Any, ...]:
    """The identity, with a running number for cards that look alike in one file and yet say different things."""
    emails = sorted({handle.value.lower() for handle in handles if handle.type == "email"})
    phones = sorted({handle.value for handle in handles if handle.type == "phone"})
    key: tuple[Any, ...] = (values.get("UID", "").strip(), name, values.get("ORG", ""), *emails, "", *phones)
    said = hashlib.blake2b(digest_size=12)
    for line in card.lines:
        if line.name not in _PASSING:
            said.update(line.text.encode("utf-8", "replace") + b"\n")
    if not any(key):
        return "content", said.hexdigest()
    number = seen.number(key, said.hexdigest())
    return (*key, number) if number else key


def _type(values: dict[str, str], *, own: str, organisation: str) -> str:
    kind = (values.get("KIND") or values.get("X-ADDRESSBOOKSERVER-KIND") or "").strip().lower()
    if kind == "group":
        return "group"
    if kind == "org" or values.get("X-ABSHOWAS", "").upper() == "COMPANY" or (organisation and not own):
        return "organisation"
    return "device" if kind == "device" else "person"


def _kept(card: _Card) -> tuple[tuple[File, ...], list[str]]:
    """Portraits, sounds and keys as files, every line as text; a line whose bytes are a file names that file."""
    files: list[File] = []
    lines: list[str] = []
    for line in card.lines:
        held = line.data() if line.name in _FILES else None
        if held is None:
            lines.append(line.shown)
            continue
        data, media = held
        kind = (media or line.parameters.get("TYPE") or _bare(line)).rpartition("/")[2].lower()
        name = f"{_FILES[line.name]}-{len(files) + 1}.{_SUFFIXES.get(kind, 'bin')}"
        if not media and kind in _SUFFIXES and line.name != "KEY":
            media = f"{'audio' if line.name == 'SOUND' else 'image'}/{'jpeg' if kind == 'jpg' else kind}"
        files.append(File(name, partial(iter, (data,)), media or "application/octet-stream", len(data)))
        lines.append(f"{line.text[: line.start]}({name})")
    if sum(map(len, lines)) > LONGEST:
        data = "\n".join(lines).encode("utf-8", "replace")
        files.append(File("card.vcf", partial(iter, (data,)), "text/vcard", len(data)))
        lines = [line[:200] for line in lines[:200]]
    return tuple(files), lines


def _bare(line: Line) -> str:
    """The kind of a picture in vCard 2.1, which is a word of its own: ``PHOTO;JPEG;ENCODING=BASE64``."""
    return next((name for name in line.parameters if name.lower() in _SUFFIXES), "")


def _handles(lines: list[Line]) -> Iterator[Handle]:
    for line in lines:
        value = plain(line.value).strip()
        if not value:
            continue
        if line.name == "EMAIL":
            yield Handle("email", re.sub(r"(?i)^mailto:", "", value))
        elif line.name == "TEL":
            number = phone(value[4:].partition(";")[0] if value[:4].lower() == "tel:" else value)
            if number:
                yield Handle("phone", number)
        elif line.name == "URL":
            yield Handle("url", value)
        elif line.name == "IMPP":
            yield Handle("user", value)
