"""Le Chat: a file ``chat-<id>.json`` for each conversation, which is nothing but the list of its messages.

Facts: files seen in 2025. There is no title: what the service shows is the beginning of the first question. Messages
stand in no order. A second answer has the same identifier and a higher ``version``. Files lie in the folder
``chat-<id>-files``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from importers.contract import Archive, Member, Rule, importer
from importers.formats.any_stamp import in_utc
from importers.formats.json_records import Entry, text
from importers.formats.json_wholes import wholes
from importers.records import File, Item, Kind, Notice, Record, Role
from importers.whole import document, file

_TITLE = 50
"""Letters of the first question that the service shows as title."""

_SERVICE = "Le Chat"
_FILES = ("**/chat-*-files/*",)


@importer(
    Rule(members=("**/chat-*.json",), shape="json-array", keys=frozenset({"chatId", "contentChunks", "createdAt"})),
    source="mistral",
    product="conversations",
    reads="conversations (Le Chat)",
    facts_as_of="2025-11",
)
def chats(member: Member) -> Iterator[Record]:
    """A `message` each, with the files that it names. Times are UTC. Read twice: the title is found first."""
    title = _title(member)
    with member.open() as stream:
        for found in wholes(stream):
            if not isinstance(found, Entry):
                yield found
                continue
            when = in_utc(found.fields.get("createdAt"))
            if when is None:
                yield Notice("table-date", found.position, "createdAt")
            yield _message(found, title, member)


def _message(found: Entry, title: str, member: Member) -> Item:
    fields = found.fields
    said = words(fields)
    own = text(fields, "id")
    plain = isinstance(fields.get("content"), str) and fields["content"] == said
    return Item(
        kind=Kind.MESSAGE,
        key=("message", own or found.text.decode("utf-8", "replace"), text(fields, "version")),
        stable=bool(own),
        when=in_utc(fields.get("createdAt")),
        title=title,
        text=said,
        parties=(Role("to" if fields.get("role") == "user" else "from", _SERVICE),),
        details={name: value for name, value in fields.items() if name != "content" or not plain},
        files=_named(fields, member),
    )


def words(fields: dict[str, Any]) -> str:
    """What was written: the content, or its pieces of text where it is empty."""
    content = fields.get("content")
    if isinstance(content, str) and content:
        return content
    chunks = fields.get("contentChunks")
    pieces = [chunk for chunk in chunks if isinstance(chunk, dict)] if isinstance(chunks, list) else []
    return "".join(piece["text"] for piece in pieces if isinstance(piece.get("text"), str))


def _title(member: Member) -> str:
    first: tuple[int, str] | None = None
    with member.open() as stream:
        for found in wholes(stream):
            when = in_utc(found.fields.get("createdAt")) if isinstance(found, Entry) else None
            if isinstance(found, Entry) and when and found.fields.get("role") == "user":
                first = min(filter(None, (first, (when.us, words(found.fields)[: 4 * _TITLE]))))
    return " ".join(first[1].split())[:_TITLE] if first else ""


def _named(fields: dict[str, Any], member: Member) -> tuple[File, ...]:
    """The files that a message names, from the folder of its conversation."""
    listed = fields.get("files")
    wanted = [text(entry, "name") for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    if not wanted:
        return ()
    known = cast("dict[tuple[str, str], Member]", member.archive.memo("mistral.files", lambda: _index(member.archive)))
    folder = f"chat-{text(fields, 'chatId')}-files"
    found = [known[folder, name] for name in wanted if (folder, name) in known]
    _joined(member.archive).update(one.path for one in found)
    return tuple(map(file, found))


def _index(archive: Archive) -> dict[tuple[str, str], Member]:
    found = {}
    for member in archive.find(*_FILES):
        folder, _, name = member.path.rpartition("/")
        found[folder.rpartition("/")[2], name] = member
    return found


def _joined(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("mistral.joined", set))


@importer(
    Rule(members=_FILES, beside=("**/chat-*.json",), named=True),
    source="mistral",
    product="media",
    reads="pictures and papers",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message names. Read last, when it is known which ones do."""
    if member.path not in _joined(member.archive):
        yield document(member)
