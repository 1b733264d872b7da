"""Invented archives, changed in every place at once, and what is said of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.archive.parts import FilePart
from importers.archive.view import View, open_archive
from importers.contract import Importer
from importers.drift.drift import Drift
from importers.drift.known import Place, known
from importers.reading import read
from importers.recognition import Rulebook
from importers.records import Item, Party, Samples
from importers.registry import declarations
from tests.drift.learned import FIXTURES
from tests.importing import parts_of

Change = Callable[[str, dict[str, Any], Place | None], dict[str, Any]]
"""What becomes of an object, given its path and what is known of its place."""


@dataclass(frozen=True)
class Told:
    """What reading an archive gave."""

    items: tuple[Item, ...]
    others: int
    drifts: tuple[Drift, ...]

    @property
    def details(self) -> str:
        """Everything that was kept, as one text."""
        return json.dumps([[item.title, item.text, repr(item.details), repr(item.parties)] for item in self.items])


RULEBOOK = Rulebook(declarations())


def told(path: Path) -> Told:
    """Read an archive."""
    parts = parts_of(path)
    try:
        return told_of(open_archive(parts))
    finally:
        for part in parts:
            if isinstance(part, FilePart):
                part.stream.close()


def told_of(archive: View, done: frozenset[int] = frozenset()) -> Told:
    """Read an archive that is open. ``done``: members that an interrupted run has finished."""
    items: list[Item] = []
    drifts: list[Drift] = []
    others = 0
    for event in read(archive, RULEBOOK, done):
        if isinstance(event, Item):
            items.append(event)
        elif isinstance(event, Drift):
            drifts.append(event)
        others += isinstance(event, Samples | Party)
    return Told(tuple(items), others, tuple(drifts))


def readers_of(path: Path) -> dict[str, str]:
    """The members of an archive, and what reads each."""
    parts = parts_of(path)
    try:
        archive = open_archive(parts)
        found = {member.path: RULEBOOK.match(member) for member in archive.members}
        return {name: one[0].id for name, one in found.items() if one is not None and isinstance(one[0], Importer)}
    finally:
        for part in parts:
            if isinstance(part, FilePart):
                part.stream.close()


def changed(name: str, to: Path, change: Change) -> Path:
    """A copy of an invented archive in which objects of JSON and rows of CSV are changed."""
    source = FIXTURES / name
    readers = readers_of(source)
    target = to / source.name
    files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    for file in files:
        copy = target if source.is_file() else target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        reader = readers.get(file.name if source.is_file() else file.relative_to(source).as_posix(), "")
        places = known().readers[reader].places if reader in known().readers else {}
        if file.suffix in {".json", ".jsonl"}:
            copy.write_text(_json(data, places, change), "utf-8")
        elif file.suffix == ".csv":
            copy.write_text(_table(data.decode("utf-8-sig", "replace"), places.get(""), change), "utf-8")
        else:
            copy.write_bytes(data)
    return target


def _json(data: bytes, places: dict[str, Place], change: Change) -> str:
    try:
        value = json.loads(data)
    except ValueError:  # a value a line, or broken on purpose
        return "".join(f"{_line(line, places, change)}\n" for line in data.decode("utf-8", "replace").splitlines())
    return json.dumps(walked(value, "", places, change), ensure_ascii=False)


def _line(line: str, places: dict[str, Place], change: Change) -> str:
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        return line  # broken on purpose
    return json.dumps(walked(value, "[]", places, change), ensure_ascii=False)


def walked(value: Any, path: str, places: dict[str, Place], change: Change) -> Any:
    """A JSON value with each object changed, the inner ones first."""
    if isinstance(value, list):
        return [walked(one, f"{path}[]", places, change) for one in value]
    if not isinstance(value, dict):
        return value
    free = path in places and places[path].free
    inner = {name: walked(one, f"{path}/{'*' if free else name}", places, change) for name, one in value.items()}
    return change(path, inner, places.get(path))


def _table(text: str, place: Place | None, change: Change) -> str:
    found = io.StringIO()
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or any(None in row or None in row.values() for row in rows):
        return text  # no plain table
    changed_rows = [change("", dict(row), place) for row in rows]
    writer = csv.DictWriter(found, list(changed_rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(changed_rows)
    return found.getvalue()


def texts(value: Any) -> Iterator[str]:
    """All names and texts of a drift."""
    for drift in value:
        yield drift.reader
        for one in (*drift.new, *drift.missing):
            yield from (one.place, one.name)
