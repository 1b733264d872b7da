"""Mailboxes, single mails and Apple's mails: which members they are, and each mail in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from importers.archive.errors import ArchiveError
from importers.contract import Member, Rule, importer
from importers.mail import message
from importers.mail.split import Mailbox, Raw, single
from importers.records import Notice, Record

MOST_NOTICES = 50
"""Notices of one sort about one box; then one says that there are more."""

_STARTS = (
    *("Return-Path:", "Return-path:", "Delivered-To:", "Received:", "X-Original-To:", "X-Received:", "Envelope-to:"),
    *("Message-ID:", "Message-Id:", "MIME-Version:", "Mime-Version:", "Authentication-Results:", "DKIM-Signature:"),
    *("X-GM-THRID:", "X-Mozilla-Status:", "X-Spam-", "X-Account-Key:", "ARC-Seal:", "Bcc:", "X-Apple-"),
)
_FIRST = ("From:", "To:", "Date:", "Subject:", "Sender:", "Content-Type:", "Reply-To:")


@importer(
    Rule(members=("**/*.mbox", "**/mbox"), starts=("From ",)),
    Rule(starts=("From ",), contains=("\nFrom:", "\nDate:")),
    Rule(starts=("From ",), contains=("\nFrom:", "\nSubject:")),
    Rule(members=("**/*.mbox", "**/*.mbx")),
    source="mail",
    reads="mailboxes (mbox)",
    status="documents",
)
def mailbox(member: Member) -> Iterator[Record]:
    """Each mail of a box. What comes before damage is read, the damage is told."""
    with member.open() as stream:
        yield from _told(record for raw in Mailbox(stream).messages() for record in _records(raw))


@importer(
    Rule(members=("**/*.eml",)),
    Rule(members=("**/*.eml",), starts=_STARTS, contains=("\nFrom:", "\nDate:")),
    Rule(starts=_FIRST, contains=("\nDate:", "\nMessage-ID:")),
    Rule(starts=_FIRST, contains=("\nMIME-Version:",)),
    source="mail",
    reads="single mails (eml, Maildir)",
    status="documents",
)
def mail(member: Member) -> Iterator[Record]:
    """The one mail of a file; an empty file holds none."""
    with member.open() as stream:
        raw = single(stream)
        if raw.data:
            yield from _records(raw)


@importer(Rule(members=("**/*.emlx",)), source="mail", reads="single mails of Apple Mail (emlx)", status="documents")
def apple_mail(member: Member) -> Iterator[Record]:
    """A line with the length of the mail, the mail, and what Apple notes about it, kept as it is."""
    with member.open() as stream:
        first = stream.readline(64)
        length = first.strip()
        raw = single(stream)
    if not length.isdigit() or int(length) > len(raw.data):
        yield Notice("mail-cut-off", "message 1")
        yield from message.records(raw if length.isdigit() else Raw(1, "", first + raw.data, raw.rest))
        return
    notes = raw.data[int(length) :].decode("utf-8", "replace").strip()
    yield from message.records(replace(raw, data=raw.data[: int(length)]), extra={"emlx": notes} if notes else {})


def _records(raw: Raw) -> Iterator[Record]:
    """A mail; one that breaks the reading in an unforeseen way is kept whole, and the next one is read."""
    try:
        yield from message.records(raw)
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - an untrusted mail may break anything; it is reported
        yield Notice("mail-unread", f"message {raw.number}", type(error).__name__)
        yield message.unread(raw)


def _told(records: Iterable[Record]) -> Iterator[Record]:
    counts: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Notice):
            counts[record.reason] += 1
            if counts[record.reason] == MOST_NOTICES:
                yield Notice("mail-many", record.position, record.reason)
            if counts[record.reason] >= MOST_NOTICES:
                continue
        yield record
