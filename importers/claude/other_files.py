"""Users, projects with the papers that belong to them, and what was remembered about the person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import in_utc
from importers.formats.json_records import Entry, text
from importers.formats.json_wholes import wholes
from importers.records import Handle, Item, Kind, Notice, Party, Record, Role

_HANDLES = (("email", "email_address"), ("phone", "verified_phone_number"))
_SHAPES = ("json-array", "json-object")
_PROJECT = frozenset({"is_starter_project", "prompt_template", "docs"})


@importer(
    Rule(members=("**/users.json",), shape="json-array", keys=frozenset({"verified_phone_number", "email_address"})),
    source="claude",
    product="account",
    reads="users",
)
def users(member: Member) -> Iterator[Record]:
    """The person's own account; several where a company exports."""
    with member.open() as stream:
        for found in wholes(stream):
            if not isinstance(found, Entry):
                yield found
                continue
            handles = tuple(Handle(sort, value) for sort, name in _HANDLES if (value := text(found.fields, name)))
            own, name = text(found.fields, "uuid"), text(found.fields, "full_name")
            yield Party(key=("user", own or name), name=name, handles=handles, details=found.fields)


@importer(
    *(Rule(members=("**/projects.json", "**/projects/*.json"), shape=shape, keys=_PROJECT) for shape in _SHAPES),
    source="claude",
    product="projects",
    reads="projects and their documents",
)
def projects(member: Member) -> Iterator[Record]:
    """A project as an `other`, each of its documents as a `document` with its text. Times are UTC."""
    with member.open() as stream:
        for found in wholes(stream):
            if isinstance(found, Entry):
                yield from _project(found)
            else:
                yield found


def _project(found: Entry) -> Iterator[Record]:
    fields = found.fields
    own, title = text(fields, "uuid"), text(fields, "name")
    given = fields.get("docs")
    docs = given if isinstance(given, list) else []
    creator = fields.get("creator")
    author = text(creator, "full_name") if isinstance(creator, dict) else ""
    strange = [doc for doc in docs if not isinstance(doc, dict)]
    if strange:
        yield Notice("table-record", f"record {max(found.number, 1)}", "docs")
    rest = {name: value for name, value in fields.items() if name not in {"docs", "name", "description"}}
    if strange or not isinstance(given, list | None):
        rest["docs"] = strange or given
    yield Item(
        kind=Kind.OTHER,
        key=("project", own or title),
        stable=bool(own),
        when=in_utc(fields.get("created_at")),
        title=title,
        text=text(fields, "description"),
        parties=(Role("author", author),) if author else (),
        details=rest | _unread(fields, "name", "description"),
    )
    for number, doc in enumerate(docs, 1):
        if isinstance(doc, dict):
            yield _document(doc, own or title, title, number)


def _document(doc: dict[str, Any], project: str, title: str, number: int) -> Item:
    own = text(doc, "uuid")
    content = doc.get("content")
    return Item(
        kind=Kind.DOCUMENT,
        key=("project-document", own or f"{project} {number}"),
        stable=bool(own),
        when=in_utc(doc.get("created_at")),
        title=text(doc, "filename"),
        text=content if isinstance(content, str) else "",
        details={"project": title, "project_uuid": project}
        | {name: value for name, value in doc.items() if name not in {"filename", "content"}}
        | _unread(doc, "filename", "content"),
    )


def _unread(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those of these fields that hold something else than text."""
    return {name: fields[name] for name in names if name in fields and not isinstance(fields[name], str)}


@importer(
    Rule(members=("**/memories.json",), beside=("**/conversations.json",), named=True),
    Rule(shape="json-array", keys=frozenset({"conversations_memory"})),
    source="claude",
    product="memories",
    reads="what was remembered",
)
def memories(member: Member) -> Iterator[Record]:
    """What the assistant has remembered about the person: an `inference` each, with all its fields."""
    with member.open() as stream:
        for found in wholes(stream):
            if not isinstance(found, Entry):
                yield found
                continue
            said = [value for value in found.fields.values() if isinstance(value, str) and " " in value]
            plain = msgspec.json.encode(found.fields, order="deterministic").decode()
            yield Item(
                kind=Kind.INFERENCE,
                key=("memory", text(found.fields, "uuid") or plain),
                when=in_utc(found.fields.get("created_at")),
                text="\n".join(said),
                details=found.fields,
            )
