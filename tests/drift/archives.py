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
from importers.archive.view import open_archive
from importers.drift.drift import Drift
from importers.drift.known import Place, known
from importers.reading import read
from importers.recognition import Rulebook
from importers.records import Item, Party, Samples
from importers.registry import declarations
from tests.drift.learned import FIXTURES
from tests.importing import parts_of

Change = Callable[[str, dict[str, Any]], dict[str, Any]]
"""What becomes of an object, given its place."""


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
    items: list[Item] = []
    drifts: list[Drift] = []
    others = 0
    try:
        for event in read(open_archive(parts), RULEBOOK):
            if isinstance(event, Item):
                items.append(event)
            elif isinstance(event, Drift):
                drifts.append(event)
            others += isinstance(event, Samples | Party)
    finally:
        for part in parts:
            if isinstance(part, FilePart):
                part.stream.close()
    return Told(tuple(items), others, tuple(drifts))


def changed(name: str, reader: str, to: Path, change: Change) -> Path:
    """A copy of an invented archive in which objects of JSON and rows of CSV are changed."""
    source, places = FIXTURES / name, known().readers[reader].places
    target = to / source.name
    files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    for file in files:
        copy = target if source.is_file() else target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        if file.suffix == ".json":
            copy.write_text(json.dumps(walked(json.loads(data), "", places, change), ensure_ascii=False), "utf-8")
        elif file.suffix == ".jsonl":
            copy.write_text("".join(f"{_line(line, places, change)}\n" for line in data.decode().splitlines()), "utf-8")
        elif file.suffix == ".csv":
            copy.write_text(_table(data.decode("utf-8-sig"), change), "utf-8")
        else:
            copy.write_bytes(data)
    return target


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
    return change(path, inner)


def _table(text: str, change: Change) -> str:
    found = io.StringIO()
    rows = list(csv.DictReader(io.StringIO(text)))
    changed_rows = [change("", dict(row)) for row in rows]
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
