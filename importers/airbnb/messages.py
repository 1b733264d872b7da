"""Messages between guests, hosts and Airbnb.

Facts: files of a public project of 2024. Many kinds of content are notes of the system and carry no text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.airbnb.envelopes import Fields, moment, parts, written
from importers.airbnb.stays import other
from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike, inner
from importers.formats.row_facts import numbered
from importers.records import Handle, Item, Kind, Notice, Record, Role

_IN_THREADS = "messagesAndContents"
"""The list that stands in each thread: what is read of a damaged file, where a thread's end may be missing."""

_WORDS = ("body", "content", "text")


@importer(
    Rule(shape="json-array", keys=frozenset({"messageThreads"})),
    source="airbnb",
    reads="messages",
    status="documents",
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` each, in the thread of its details (UTC); a note of the system without words is `other`."""
    alike = Alike()
    for part in parts(member, _IN_THREADS):
        if isinstance(part, Notice):
            yield part
        elif part.list == "messageThreads" and isinstance(part.value, dict):
            for record in _thread(part.value, part.position):
                yield numbered(record, alike) if isinstance(record, Item) else record
        elif part.list == _IN_THREADS and isinstance(part.value, dict):
            for record in _message("", part.value, part.position):
                yield numbered(record, alike) if isinstance(record, Item) else record
        else:
            yield numbered(other(part), alike)


def _thread(thread: Fields, position: str) -> Iterator[Record]:
    own = written(thread, "id")
    entries = thread.get(_IN_THREADS)
    held = entries if isinstance(entries, list) else []
    yield Item(
        kind=Kind.OTHER,
        key=("thread", own),
        title=own,
        details={name: value for name, value in thread.items() if name != _IN_THREADS or value is not held},
    )
    for entry in held:
        if isinstance(entry, dict):
            yield from _message(own, entry, position)
        else:
            yield Notice("table-record", position, _IN_THREADS)


def _message(thread: str, entry: Fields, position: str) -> Iterator[Record]:
    message = inner(entry, "message")
    when = moment(message.get("createdAt"))
    if when is None:
        yield Notice("table-date", position, "createdAt")
    words = _words(entry.get("messageContent"))
    who, account = written(message, "accountType"), written(message, "accountId")
    author = Role("from", who, Handle("id", account) if account else None)
    own = written(message, "id")
    yield Item(
        kind=Kind.MESSAGE if words else Kind.OTHER,
        key=("message", own) if own else ("message", "", thread, written(message, "createdAt"), words),
        when=when,
        title="" if words else written(message, "contentType"),
        text=words,
        parties=(author,) if who or account else (),
        details={"thread": thread} | entry,
    )


def _words(content: Any) -> str:
    """The text of a message, under the name that its kind of content has; '' when it has none."""
    if not isinstance(content, dict):
        return ""
    for kind in content.values():
        if isinstance(kind, dict):
            found = next((kind[name] for name in _WORDS if isinstance(kind.get(name), str) and kind[name]), "")
            if found:
                return str(found)
    return ""
