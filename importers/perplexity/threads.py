"""Threads of Perplexity: the service hands out no archive, so these are files of two tools for browsers.

One writes ``metadata`` and ``conversations``, the other ``status``, ``thread_metadata`` and ``entries``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import in_utc
from importers.formats.json_records import Entry, inner, text
from importers.formats.json_wholes import wholes
from importers.records import Item, Kind, Notice, Record, Role

_SERVICE = "Perplexity"


@importer(
    Rule(shape="json-object", keys=frozenset({"metadata", "conversations", "query", "answer"})),
    Rule(shape="json-object", keys=frozenset({"entries", "query_str", "blocks"})),
    source="perplexity",
    reads="questions and answers",
    facts_as_of="2025-11",
)
def threads(member: Member) -> Iterator[Record]:
    """A question and its answer as two `message`; all fields stand with the answer. Times without zone are UTC."""
    with member.open() as stream:
        for found in wholes(stream):
            if isinstance(found, Entry):
                yield from _thread(found.fields)
            else:
                yield found


def _thread(fields: dict[str, Any]) -> Iterator[Record]:
    about = inner(fields, "metadata") or inner(fields, "thread_metadata")
    name = "conversations" if isinstance(fields.get("conversations"), list) else "entries"
    given = fields.get(name)
    entries = given if isinstance(given, list) else []
    title = text(about, "thread_title", "title")
    rest = {key: value for key, value in fields.items() if key != name}
    began = in_utc(text(about, "thread_created_at", "created_at"))
    own = text(about, "thread_id", "thread_url") or title
    if rest:
        yield Item(kind=Kind.OTHER, key=("thread", own), when=began, title=title, details=rest)
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict):
            yield from _exchange(entry, number, title)
        else:
            yield Notice("table-record", f"record {number}")
            yield Item(kind=Kind.OTHER, key=("unexpected", own, repr(entry)), details={"value": entry})


def _exchange(entry: dict[str, Any], number: int, title: str) -> Iterator[Record]:
    when = in_utc(text(entry, "timestamp", "entry_created_datetime"))
    if when is None:
        yield Notice("table-date", f"record {number}")
    own = text(entry, "uuid", "backend_uuid") or msgspec.json.encode(entry, order="deterministic").decode()
    title = title or text(entry, "thread_title")
    question, answer = text(entry, "query", "query_str"), text(entry, "answer") or _blocks(entry)
    yield Item(
        kind=Kind.MESSAGE,
        key=("question", own),
        when=when,
        title=title,
        text=question,
        parties=(Role("to", _SERVICE),),
    )
    yield Item(
        kind=Kind.MESSAGE,
        key=("answer", own),
        when=when,
        title=title,
        text=answer,
        parties=(Role("from", _SERVICE),),
        details=entry,
    )


def _blocks(entry: dict[str, Any]) -> str:
    blocks = entry.get("blocks")
    if not isinstance(blocks, list):
        return ""
    texts = (inner(block, "markdown_block").get("answer") for block in blocks if isinstance(block, dict))
    return "\n".join(dict.fromkeys(found for found in texts if isinstance(found, str) and found))
