"""Conversations: ``conversations.json``, in numbered files for large accounts, or within the page ``chat.html``.

Other services call their file the same; what tells them apart is that a conversation here has a ``mapping``. The facts
are those of files seen until 2025.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from importers.chatgpt import media, wording
from importers.chatgpt.page import after_mark
from importers.chatgpt.tree import Fields, Tree, message
from importers.contract import Archive, Member, Rule, importer, skip
from importers.formats.any_stamp import in_utc
from importers.formats.json_records import Entry
from importers.formats.json_wholes import odd, wholes
from importers.records import Item, Kind, Moment, Notice, Record, Role

_FILES = ("**/conversations.json", "**/conversations-*.json")
_KEYS = (frozenset({"mapping", "content_type", "author"}), frozenset({"mapping", "current_node"}))
_SERVICE = "ChatGPT"


@importer(
    *(Rule(members=_FILES, shape=shape, keys=keys) for keys in _KEYS for shape in ("json-array", "json-object")),
    source="chatgpt",
    product="conversations",
    reads="conversations",
    facts_as_of="2025-11",
    weight=1,
)
def conversations(member: Member) -> Iterator[Record]:
    """A `message` for each one that the person sees, on all branches; what works behind them as `other`.

    What the assistant was told to know is a `setting`, what it noted for later an `inference`. Times are UTC.
    """
    with member.open() as stream:
        yield from _records(stream, member.archive)


skip(
    Rule(members=("**/chat.html",), shape="html", contains=("var jsonData",), beside=_FILES),
    source="chatgpt",
    why="chatgpt-page",
    weight=1,
)


@importer(
    Rule(shape="html", contains=("var jsonData", '"mapping"')),
    source="chatgpt",
    product="conversations",
    reads="conversations (page)",
    facts_as_of="2025-11",
)
def conversation_page(member: Member) -> Iterator[Record]:
    """The same from the page, where the archive has nothing else."""
    with member.open() as stream:
        for record in _records(after_mark(stream, b"jsonData"), member.archive):
            if not (isinstance(record, Notice) and record.reason == "json-more-after-end"):
                yield record


def _records(stream: IO[bytes], archive: Archive) -> Iterator[Record]:
    for found in wholes(stream, {"conversations"}):
        if not isinstance(found, Entry):
            yield found
        elif isinstance(found.fields.get("mapping"), dict):
            yield from _conversation(found, archive)
        else:
            if found.number:
                yield Notice("table-record", found.position)
            yield odd(found.text or msgspec.json.encode(found.fields))


def _conversation(found: Entry, archive: Archive) -> Iterator[Record]:
    fields, tree = found.fields, Tree.of(found.fields)
    began = in_utc(fields.get("create_time"))
    title = _text(fields.get("title"))
    own = _text(fields.get("conversation_id")) or _text(fields.get("id"))
    own = own or hashlib.blake2b(f"{began.us if began else ''} {title}".encode(), digest_size=8).hexdigest()
    if began is None and fields.get("create_time"):
        yield Notice("table-date", f"record {max(found.number, 1)}", "create_time")
    bare = {name: node for name, node in fields["mapping"].items() if not message(tree.nodes.get(name, {}))}
    yield Item(
        kind=Kind.OTHER,
        key=("conversation", own),
        stable=True,
        when=began,
        title=title,
        details={name: value for name, value in fields.items() if name not in {"mapping", "title"}}
        | ({"mapping": bare} if bare else {}),
    )
    for name, node in tree.nodes.items():
        if message(node):
            yield _message(name, tree, own, title, tree.when(name) or began, archive)


def _message(name: str, tree: Tree, conversation: str, title: str, when: Moment | None, archive: Archive) -> Item:
    node = tree.nodes[name]
    said = message(node)
    raw = wording.raw_text(wording.content_of(said))
    text = wording.without_marks(raw)
    kind = _kind(said, text)
    shown = kind is not Kind.OTHER
    where = {part: value for part, value in node.items() if part != "message"}
    return Item(
        kind=kind,
        key=("message", conversation, _text(said.get("id")) or name),
        stable=True,
        when=when,
        title=title if shown else f"{title} ({_type(said)})",
        text=text if shown else "",
        parties=_parties(said) if kind is Kind.MESSAGE else (),
        details={"conversation_id": conversation, "branch": "shown" if name in tree.shown else "other", "node": where}
        | (_without_words(said, text) if shown and text == raw else said),
        files=media.named(archive, wording.pointers(said)),
    )


def _kind(said: Fields, text: str) -> Kind:
    if wording.content_of(said).get("content_type") == "user_editable_context":
        return Kind.SETTING
    if said.get("recipient") == "bio" and text:
        return Kind.INFERENCE
    return Kind.MESSAGE if wording.is_seen(said, text) else Kind.OTHER


def _parties(said: Fields) -> tuple[Role, ...]:
    author = said.get("author")
    role, name = (author.get("role"), author.get("name")) if isinstance(author, dict) else ("", "")
    if role == "user":
        return (Role("to", _SERVICE),)
    return (Role("from", _text(name) or _SERVICE),)


def _without_words(said: Fields, text: str) -> Fields:
    """The message without its words where the item's text has them to the letter."""
    content = wording.content_of(said)
    if content.get("parts") == [text]:
        return said | {"content": {name: value for name, value in content.items() if name != "parts"}}
    return said


def _type(said: Fields) -> str:
    author = said.get("author")
    role = author.get("role") if isinstance(author, dict) else ""
    return " ".join(filter(None, (_text(role), _text(wording.content_of(said).get("content_type"))))) or "?"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
