"""Conversations of Claude: ``conversations.json`` whose elements have ``chat_messages``.

Facts: files seen from 2023 to 2025. Newer ones have blocks of content, a parent for some messages, and a flat copy of
the words with a placeholder where tools were used; older ones only have the flat words. Uploaded files are not
exported, only their names; text that was pasted is there in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import in_utc
from importers.formats.json_records import Entry
from importers.formats.json_wholes import odd, wholes
from importers.records import Item, Kind, Notice, Record, Role

_SERVICE = "Claude"
_KEYS = frozenset({"chat_messages", "created_at"})


@importer(
    *(Rule(members=("**/conversations.json",), shape=shape, keys=_KEYS) for shape in ("json-array", "json-object")),
    source="claude",
    product="conversations",
    reads="conversations",
    facts_as_of="2025-11",
    weight=1,
)
def conversations(member: Member) -> Iterator[Record]:
    """A `message` for each one that was written, on all branches; a conversation itself is an `other`. Times are UTC.

    What an assistant did without words (tools) is an `other` as well.
    """
    with member.open() as stream:
        for found in wholes(stream, {"conversations"}):
            if not isinstance(found, Entry):
                yield found
            elif isinstance(found.fields.get("chat_messages"), list):
                yield from _conversation(found)
            else:
                if found.number:
                    yield Notice("table-record", found.position)
                yield odd(found.text or msgspec.json.encode(found.fields))


def _conversation(found: Entry) -> Iterator[Record]:
    fields, position = found.fields, f"record {max(found.number, 1)}"
    given = fields["chat_messages"]
    messages = [message for message in given if isinstance(message, dict)]
    own, title, began = _text(fields.get("uuid")), _text(fields.get("name")), in_utc(fields.get("created_at"))
    if began is None and fields.get("created_at"):
        yield Notice("table-date", position, "created_at")
    rest = {name: value for name, value in fields.items() if name not in {"chat_messages", "name"}}
    strange = [message for message in given if not isinstance(message, dict)]
    if strange:
        yield Notice("table-record", position, "chat_messages")
    yield Item(
        kind=Kind.OTHER,
        key=("conversation", own or f"{title} {fields.get('created_at')}"),
        stable=bool(own),
        when=began,
        title=title,
        text=_text(fields.get("summary")),
        details=rest | ({"chat_messages": strange} if strange else {}),
    )
    shown = _shown(messages, fields.get("current_leaf_message_uuid"))
    for number, message in enumerate(messages, 1):
        when = in_utc(message.get("created_at"))
        if when is None:
            yield Notice("table-date", position, f"chat_messages {number}")
        branch = "shown" if shown is None or message.get("uuid") in shown else "other"
        key = ("message", _text(message.get("uuid")) or f"{own} {number}")
        yield _message(message, key, title, {"conversation": own, "branch": branch}, number)


def _message(message: dict[str, Any], key: tuple[Any, ...], title: str, about: dict[str, Any], number: int) -> Item:
    text = words(message)
    bare = not text and not message.get("attachments") and not message.get("files")
    sent = message.get("sender") == "human"
    return Item(
        kind=Kind.OTHER if bare else Kind.MESSAGE,
        key=key,
        stable=True,
        when=in_utc(message.get("created_at")),
        title=title,
        text=text,
        parties=(Role("to" if sent else "from", _SERVICE),),
        details=about | {"number": number} | _without_words(message, text),
    )


def words(message: dict[str, Any]) -> str:
    """What was written: the blocks of text, or the flat words of older files."""
    content = message.get("content")
    blocks = content if isinstance(content, list) else []
    texts = [_text(block.get("text")) for block in blocks if isinstance(block, dict) and block.get("type") == "text"]
    return "\n".join(filter(None, texts)) or _text(message.get("text"))


def _without_words(message: dict[str, Any], text: str) -> dict[str, Any]:
    """The message without copies of its words: the flat one, and that of a block that holds all of them."""
    rest = {name: value for name, value in message.items() if name != "text" or value != text}
    content = message.get("content")
    if isinstance(content, list):
        rest["content"] = [_bare(block, text) for block in content]
    return rest


def _bare(block: Any, text: str) -> Any:
    if isinstance(block, dict) and block.get("type") == "text" and block.get("text") == text:
        return {name: value for name, value in block.items() if name != "text"}
    return block


def _shown(messages: list[dict[str, Any]], leaf: Any) -> frozenset[str] | None:
    """The branch that the person sees; None when the file knows no branches."""
    parents = {message.get("uuid"): message.get("parent_message_uuid") for message in messages}
    if not any(parents.values()):
        return None
    name = leaf if leaf in parents else messages[-1].get("uuid")
    seen: set[str] = set()
    while isinstance(name, str) and name in parents and name not in seen:
        seen.add(name)
        name = parents[name]
    return frozenset(seen)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
