"""One mail as an item: people, subject, text, attachments, and every header.

Text is that of the plain parts; of a part that exists as HTML only, its words. HTML is always kept beside as a file.
Identity: ``Message-ID`` with a digest of subject and content, so that overlapping boxes with other labels add nothing
and two mails that share a ``Message-ID`` stay two; without ``Message-ID``: date, author and that digest.

What a mail tells of purchases, bookings and the like follows it as items of their own (``importers.mail.facts``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from importers.formats import charsets
from importers.mail import addresses, dates, facts, html_text, transfer
from importers.mail.headers import LONGEST, Head, decoded
from importers.mail.parts import Part, Structure, head_end, structure
from importers.mail.split import SPOOL, Raw
from importers.records import File, Item, Kind, Moment, Notice, Record

TEXT = 1 << 20
"""Bytes of the longest text that an item carries; a longer one is cut there, and is whole in the file ``text.txt``."""

_LONG = 4 << 20
"""Bytes of a part that are looked at as text; of a longer one the beginning, and it is kept as a file."""

_COMPARED = SPOOL // 2
"""Bytes of a content that its identity looks at."""

_META = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_LABELS = re.compile(r'\s*(?:"((?:[^"]|"")*)"?|([^,]*))\s*(?:,|\Z)')
_NOT_IN_NAMES = re.compile(r"[/\\\s]+")
_SUFFIXES = {
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/csv": "csv",
    "text/rfc822-headers": "txt",
    "message/rfc822": "eml",
    "message/delivery-status": "txt",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/pgp-signature": "asc",
    "application/pgp-encrypted": "asc",
    "application/pkcs7-signature": "p7s",
    "application/pkcs7-mime": "p7m",
    "application/x-pkcs7-mime": "p7m",
    "application/ms-tnef": "dat",
}


def records(raw: Raw, *, extra: dict[str, Any] | None = None) -> Iterator[Record]:
    """The notices of a mail, the mail itself, and the facts that it tells. ``extra``: more details."""
    data = raw.data
    ended, start = head_end(data, 0, len(data))
    head = Head(data[: min(ended, LONGEST)])
    reading = _Reading(raw, head, start)
    if ended > LONGEST:
        reading.tell("mail-long-head")
        reading.attached.whole("headers.txt", data[:ended], "text/plain")
    parts = structure(data, head, start, len(data))
    reading.take(parts)
    item = reading.item(parts, extra or {})
    for reason in dict.fromkeys(reading.troubles):
        yield Notice(reason, f"message {raw.number}")
    yield item
    reading.attached.clear()
    yield from facts.told(item, head, reading.pages, raw.number)


def unread(raw: Raw) -> Item:
    """A mail that cannot be taken apart, kept whole as a file."""
    content = raw.data[:_COMPARED]
    rest = raw.rest if raw.rest is not None else iter(())
    return Item(
        kind=Kind.MESSAGE,
        key=("whole", hashlib.blake2b(content.replace(b"\r\n", b"\n").rstrip(), digest_size=16).hexdigest()),
        details={"From_": raw.envelope} if raw.envelope else {},
        files=(File("message.eml", partial(chain, (raw.data,), rest), "message/rfc822"),),
    )


class _Attached:
    """The files of a mail. Who takes the item takes their bytes at once; then they are let go, or the mails of a whole
    batch would stay in memory."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self._sources: list[Callable[[], Iterator[bytes]]] = []

    def add(self, name: str, source: Callable[[], Iterator[bytes]], type_: str, size: int | None = None) -> None:
        """One more file, whose bytes ``source`` gives."""
        self.files.append(File(name, partial(self._pieces, len(self._sources)), type_, size))
        self._sources.append(source)

    def whole(self, name: str, data: bytes, type_: str) -> None:
        """One more file, whose bytes are there."""
        self.add(name, partial(iter, (data,)), type_, len(data))

    def clear(self) -> None:
        """Let the bytes go."""
        self._sources.clear()

    def _pieces(self, place: int) -> Iterator[bytes]:
        return self._sources[place]()


class _Reading:
    """A mail while its parts are gathered."""

    def __init__(self, raw: Raw, head: Head, start: int) -> None:
        self._raw = raw
        self._head = head
        self._start = start
        self.attached = _Attached()
        self.troubles: list[str] = []
        self._texts: list[tuple[int, str, bool]] = []
        self.pages: list[str] = []
        self._listed: list[dict[str, Any]] = []

    def tell(self, reason: str) -> None:
        self.troubles.append(reason)

    def take(self, found: Structure) -> None:
        """All parts, in order. Of a mail above the spool only texts that are there whole: it is kept in one file."""
        self.troubles += found.troubles
        data, rest = self._raw.data, self._raw.rest
        if rest is None and (found.open or (self._raw.last and not self._raw.ended)):
            self.tell("mail-cut-off")
        for part in found.parts:
            if rest is not None and part.end == len(data):
                continue
            content = transfer.sound(data, part.start, part.end, part.encoding)
            end = transfer.sound_end(data, part.start, part.end, part.encoding) if content is None else part.end
            if end < part.end or not transfer.is_known(part.encoding):
                self.tell("mail-encoding")
            if _is_body(part):
                self._body(part, end, content)
            elif rest is None:
                self._file(part, end, content)
        if rest is not None:
            self.tell("mail-large")
            self.attached.add("message.eml", partial(chain, (data,), rest), "message/rfc822")

    def item(self, found: Structure, extra: dict[str, Any]) -> Item:
        """The mail. When it has no usable date: the first of the machines' dates on its way, else the box's own."""
        head = self._head
        when, origin = self._when()
        if when is None:
            self.tell("mail-no-date")
        roles = addresses.parties(head)
        if len(roles) > addresses.MOST:
            self.tell("mail-many-people")
            roles = roles[: addresses.MOST]
        subject = " ".join(head.text("subject").split()) if head.get("subject") else ""
        listed = self._listed + [{"headers": inner.lines} for inner in found.containers]
        details: dict[str, Any] = {"headers": head.lines}
        labels = [label for name in ("x-gmail-labels", "x-gm-labels") for label in _labels(head, name)]
        details |= {"labels": labels} if labels else {}
        details |= {"parts": listed} if listed else {}
        details |= {"between parts": found.between} if found.between else {}
        details |= {"From_": self._raw.envelope} if self._raw.envelope else {}
        details |= {"date taken from": origin} if origin not in {"", "Date"} else {}
        text = self._text()
        return Item(
            kind=Kind.MESSAGE,
            key=self._key(subject),
            stable=origin == "From_",
            when=when,
            title=subject,
            text=text,
            parties=roles,
            details=details | extra,
            files=tuple(self.attached.files),
        )

    def _body(self, part: Part, end: int, content: bytes | None) -> None:
        data = self._raw.data
        if content is None:
            content = transfer.content(data, part.start, end, part.encoding) + data[end : part.end]
        charset = part.head.type_parameters.get("charset", "")
        is_html = part.type == "text/html"
        if is_html and not charsets.codec(charset) and (meta := _META.search(content, 0, 4096)):
            charset = meta[1].decode("ascii")
        name = "message.html" if is_html else "text.txt" if len(content) > _LONG else ""
        if name and self._raw.rest is None:
            self.attached.whole(name, content, part.type)
        if not part.top:
            self._list(part, name)
        if len(content) > _LONG:
            self.tell("mail-long-text")
            content = content[:_LONG].rpartition(b"\n")[0] or content[:_LONG]
        text, sure = charsets.decode(content, charset)
        if not sure:
            self.tell("mail-charset")
        self._texts.append((part.group, text, is_html))
        if is_html and facts.MARK in content:
            self.pages.append(text)

    def _file(self, part: Part, end: int, content: bytes | None) -> None:
        data = self._raw.data
        name = part.head.file_name()[:255] or self._name(part)
        if content is not None:
            self.attached.whole(name, content, part.type)
        else:
            self.attached.add(name, partial(transfer.pieces, data, part.start, end, part.encoding), part.type)
        if end < part.end:
            self.attached.whole(f"{name}.rest", data[end : part.end], "application/octet-stream")
        if not part.top:
            self._list(part, name)

    def _list(self, part: Part, name: str) -> None:
        if part.head.lines or name:
            self._listed.append({"headers": part.head.lines} | ({"file": name} if name else {}))

    def _name(self, part: Part) -> str:
        suffix = _SUFFIXES.get(part.type, "bin")
        if part.type == "message/rfc822":
            ended, _ = head_end(self._raw.data, part.start, part.end)
            subject = Head(self._raw.data[part.start : min(ended, part.start + (1 << 16))]).text("subject")
            if subject:
                return f"{' '.join(_NOT_IN_NAMES.split(subject))[:100]}.eml"
        return f"{part.type.partition('/')[0]}-{len(self.attached.files) + 1}.{suffix}"

    def _text(self) -> str:
        """Plain parts and, where there is no other form of it, HTML as words."""
        plain = {group for group, text, is_html in self._texts if not is_html and group and text.strip()}
        shown: list[str] = []
        for group, text, is_html in self._texts:
            if not is_html:
                shown.append(text.replace("\r\n", "\n") if "\r" in text else text)
            elif group not in plain:
                shown.append(html_text.plain(text))
        joined = shown[0] if len(shown) == 1 else "\n".join(part for part in shown if part.strip())
        if len(joined) * 4 <= TEXT:
            return joined
        encoded = joined.encode("utf-8", "replace")
        if len(encoded) <= TEXT:
            return joined
        if "mail-long-text" not in self.troubles:
            self.tell("mail-long-text")
            self.attached.whole("text.txt", encoded, "text/plain")
        return encoded[:TEXT].decode("utf-8", "ignore")

    def _when(self) -> tuple[Moment | None, str]:
        head = self._head
        for name in ("date", "received", "x-received", "delivery-date", "resent-date"):
            value = head.get(name)
            found = dates.moment(decoded(value.rpartition(";")[2].strip())) if value else None
            if found is not None:
                return found, name.title()
        found = dates.moment(self._raw.envelope) if self._raw.envelope else None
        return found, "From_" if found is not None else ""

    def _key(self, subject: str) -> tuple[Any, ...]:
        content = self._raw.data[self._start :] if self._start else self._raw.data
        if b"\r" in content:
            content = content.replace(b"\r\n", b"\n")
        content = content[:_COMPARED].rstrip()
        state = hashlib.blake2b(subject.encode("utf-8", "replace"), digest_size=16)
        state.update(content)
        number = self._head.get("message-id").strip()
        if number:
            return "message-id", number, state.hexdigest()
        return "content", self._head.get("date").strip(), self._head.get("from").strip(), state.hexdigest()


def _is_body(part: Part) -> bool:
    if part.sealed or part.type not in {"text/plain", "text/html"} or part.head.disposition == "attachment":
        return False
    return part.top or not part.head.file_name()


def _labels(head: Head, name: str) -> Iterator[str]:
    """Labels of a Gmail box; commas in quotes do not separate."""
    if not head.get(name):
        return
    for value in head.all(name):
        for quoted, bare in _LABELS.findall(decoded(value)):
            label = (quoted.replace('""', '"') or bare).strip()
            if label:
                yield label
