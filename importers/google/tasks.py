"""Tasks: lists of tasks, nested in one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.google.elements import Element, elements, words
from importers.google.fields import objects
from importers.google.times import moment
from importers.records import Item, Kind, Moment, Notice, Precision, Record


@importer(
    Rule(shape="json-object", keys=frozenset({"items", "selfLink", "updated", "kind"}), contains=("tasks#",)),
    Rule(shape="json-object", keys=frozenset({"items", "task_type", "status"})),
    Rule(
        members=("**/Tasks/Tasks.json", "**/Tâches/*.json", "**/Aufgaben/*.json"),
        shape="json-object",
        keys=frozenset({"items"}),
        named=True,
    ),
    source="google",
    product="tasks",
    reads="tasks",
)
def tasks(member: Member) -> Iterator[Record]:
    """A list is kept as ``other``; a task stands at the day it is due, else when it was made."""
    for found in elements(member, {"kind"}):
        if not isinstance(found, Element):
            yield found
            continue
        own, title = words(found.fields, "id"), words(found.fields, "title")
        yield Item(
            kind=Kind.OTHER,
            key=("task-list", own or found.plain),
            stable=bool(own),
            when=moment(words(found.fields, "updated")),
            title=title,
            details={name: value for name, value in found.fields.items() if name not in {"items", "title"}},
        )
        entries = found.fields.get("items")
        if entries is not None and (not isinstance(entries, list) or len(objects(entries)) != len(entries)):
            yield Notice("google-unknown-object", found.position, "items")
            yield Item(kind=Kind.OTHER, key=("task-rest", found.plain), details=found.details())
        yield from (_task(task, own, title) for task in objects(entries))


def _task(task: dict[str, Any], list_id: str, list_title: str) -> Item:
    own = words(task, "id")
    made = next((when for name in ("created", "updated") if (when := moment(words(task, name)))), None)
    return Item(
        kind=Kind.TASK,
        key=("task", own) if own else ("task", msgspec.json.encode(task).decode()),
        stable=bool(own),
        when=_due(words(task, "due")) or made,
        title=words(task, "title"),
        text=words(task, "notes"),
        details={"list": list_title or list_id} | task,
    )


def _due(text: str) -> Moment | None:
    found = moment(text)
    if found is None or not text.startswith(text[:10] + "T00:00:00"):
        return found
    return Moment(found.us, None, Precision.DAY)
