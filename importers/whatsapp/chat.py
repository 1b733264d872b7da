"""An exported chat: ``_chat.txt`` of iOS, ``WhatsApp Chat with ….txt`` of Android, in the languages of both.

The file names no zone; its times are read as French civil time, which the account of the import says once. Nothing in
it identifies a message or the chat: a message is its stamp, its author and its words, together with the stamp of what
somebody else last wrote before it. So a greeting that goes to ten people at midnight stays ten messages, while a
renamed file, or a contact with another name, changes nothing for one's own messages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.paris_clock import ParisClock
from importers.records import Handle, Item, Kind, Moment, Notice, Precision, Record, Role
from importers.whatsapp import media
from importers.whatsapp.lines import LOOK, Entry, entries, placed, stamps
from importers.whatsapp.order import Order, order
from importers.whatsapp.wording import Said, said, split

_CHAT = re.compile(
    r"(?:WhatsApp Chat with|WhatsApp Chat mit|Discussion WhatsApp avec|Chat de WhatsApp con|Conversa do WhatsApp com"
    r"|Chat WhatsApp con|WhatsApp Chat -) (.+?)(?: ?\(\d+\))?(?:\.txt|\.zip)?\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[^:\n]{1,40}: https?://maps\.google\.com/\?q=(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)\Z")
_PHONE = re.compile(r"\+[\d\s()-]{6,24}\Z")


@importer(
    Rule(members=media.CHATS, lines=LOOK),
    Rule(members=media.CHATS, named=True, shape="text"),
    source="whatsapp",
    reads="chats",
    languages=("en", "fr", "de", "es", "it", "pt", "nl"),
    status="proven",
)
def chat(member: Member) -> Iterator[Record]:
    """A `message` each, a `call` for those that the chat names, `other` for what the app itself writes."""
    yield from few_notices(_messages(member))


def chat_name(member: Member) -> str:
    """Who or which group the chat is with, as far as a file name tells; '' otherwise."""
    for name in (member.path.rpartition("/")[2], *reversed(member.path.split("/")[:-1]), member.archive.name):
        found = _CHAT.search(name.replace("\u00a0", " ").replace("\u202f", " "))
        if found is not None:
            return found[1].strip()
    return ""


def _messages(member: Member) -> Iterator[Record]:
    dates = order(stamps(member))
    yield Notice("whatsapp-local-time")
    if not dates.sure:
        yield Notice("whatsapp-day-or-month")
    reader = _Reader(member, dates)
    for entry in entries(member):
        yield from (entry,) if isinstance(entry, Notice) else reader.records(entry)


class _Reader:
    """One chat, message by message."""

    def __init__(self, member: Member, dates: Order) -> None:
        self._member = member
        self._dates = dates
        self._title = chat_name(member)
        self._clock = ParisClock()
        self._alike = Alike()
        self._authors: set[str] = set()
        self._turn = ("", "")
        self._others = ""

    def records(self, entry: Entry) -> Iterator[Record]:
        """The message, and what is wrong with it."""
        author, first = split(entry.said[0], self._authors)
        text = "\n".join((first, *entry.said[1:])).rstrip()
        if author and len(self._authors) < 10_000:
            self._authors.add(author)
        try:
            local = placed(entry.stamp, self._dates.date(entry.stamp.numbers))
            when = self._moment(entry, local)
        except ValueError:
            local, when = None, None
            yield Notice("whatsapp-date", f"line {entry.line}")
        stamp = local.isoformat() if local else entry.stamp.text
        if author != self._turn[0]:
            self._others = self._turn[1]
        self._turn = (author, stamp)
        message = said(text, author=author, marked=entry.marked)
        yield self._item(entry, author, message, when, stamp)

    def _moment(self, entry: Entry, local: datetime) -> Moment:
        precision = Precision.MINUTE if entry.stamp.clock[2] is None else Precision.SECOND
        return Moment(self._clock.at(local), None, precision)

    def _item(self, entry: Entry, author: str, message: Said, when: Moment | None, stamp: str) -> Item:
        text = message.text.strip("\r\n")
        attached = media.named(text) if author else ""
        found = _PLACE.match(text)
        details: dict[str, Any] = {"stamp": entry.stamp.text}
        if message.what:
            details["what"] = message.what
        if message.edited:
            details["edited"] = True
        if attached:
            details["attached"] = attached
        words = message.what if message.what in {"omitted", "deleted"} and "\n" not in text else text
        digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()
        return Item(
            kind=_KIND.get(message.what, Kind.MESSAGE),
            key=self._alike.key("message", stamp, author, digest, self._others),
            when=when,
            end=when.us + message.minutes * 60_000_000 if when and message.minutes else None,
            title=self._title,
            text=text,
            lat=float(found[1]) if found else None,
            lon=float(found[2]) if found else None,
            parties=self._roles(author),
            details=details,
            files=media.files(self._member, attached) if attached else (),
        )

    def _roles(self, author: str) -> tuple[Role, ...]:
        others = (Role("to", self._title),) if self._title and self._title != author else ()
        return (Role("from", author, _handle(author)), *others) if author else others


_KIND = {"system": Kind.OTHER, "call": Kind.CALL}


def _handle(author: str) -> Handle | None:
    """Somebody who is not in the phone's contacts is a number."""
    bare = author.replace("\u00a0", " ").replace("\u202f", " ").strip()
    return Handle("phone", re.sub(r"[^\d+]", "", bare)) if _PHONE.match(bare) else None
