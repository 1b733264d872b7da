"""What is known of importers, learned from the invented samples and from the words of the code."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from importers.archive.errors import ArchiveError
from importers.archive.parts import FilePart
from importers.archive.view import open_archive
from importers.contract import Importer
from importers.drift import shapes
from importers.drift.known import Known, Place, Reader
from importers.drift.names import LONGEST
from importers.formats.sniff import plain
from importers.recognition import Rulebook
from importers.registry import declarations
from tests.importing import parts_of

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"

OPEN = frozenset(
    {
        "agenda",
        "camt",
        "contacts",
        "documents",
        "generic",
        "fit",
        "geojson",
        "gpx",
        "kml",
        "mail",
        "mt940",
        "ofx",
        "opml",
        "photos",
        "qif",
        "tcx",
    }
)
"""Sources of standards: everybody may add fields, so a new one says nothing about a service."""

ALIKE = 0.9
"""The part of the objects of a place that have a name that the code speaks of, where names are the format's own."""

SPOKEN = 0.2
"""The part of the different names of such a place that the code speaks of."""

_NAME = re.compile(r"[@$_#]{0,2}[^\W\d_][^\n\r\t]*")


@cache
def known() -> Known:
    """Everything, made anew."""
    importers = {one.id: one for one in declarations() if isinstance(one, Importer) and one.source not in OPEN}
    seen = _seen(importers)
    packages = {one.id: package(one) for one in importers.values()}
    words = {name: _words(ROOT / "importers" / name) for name in sorted(set(packages.values()))}
    for one in importers.values():
        words[packages[one.id]] |= {name for rule in one.rules for name in (*rule.header, *rule.keys)}
    readers = {
        name: Reader(packages[name], places)
        for name, members in sorted(seen.items())
        if (places := _places(members, frozenset(words[packages[name]])))
    }
    used = {reader.package for reader in readers.values()}
    return Known({name: frozenset(words[name]) for name in words if name in used}, readers)


def text(found: Known) -> str:
    """The content of the file: one importer a line, sets in order."""
    words = [f"{json.dumps(name)}: {json.dumps(sorted(found.words[name]), ensure_ascii=False)}" for name in found.words]
    readers = [
        f"{json.dumps(name)}: " + json.dumps(_plain_reader(reader), ensure_ascii=False)
        for name, reader in found.readers.items()
    ]
    return '{"words": {\n' + ",\n".join(words) + '\n},\n"readers": {\n' + ",\n".join(readers) + "\n}}\n"


def archives() -> Iterator[Path]:
    """Every invented archive: a file or folder beside golden files."""
    for source in sorted(FIXTURES.iterdir()):
        yield from sorted(path for path in source.iterdir() if not path.name.endswith(".golden.jsonl"))


def package(importer: Importer) -> str:
    """The package of an importer's code, inside ``importers``."""
    return importer.module.split(".")[1] if importer.module else "recipes"


def _plain_reader(reader: Reader) -> dict[str, Any]:
    places: dict[str, Any] = {}
    for path, place in sorted(reader.places.items()):
        places[path] = {"free": True} if place.free else {"names": sorted(place.names)}
        if place.always:
            places[path]["always"] = sorted(place.always)
    return {"package": reader.package, "places": places}


def _seen(importers: dict[str, Importer]) -> dict[str, list[tuple[str, bytes]]]:
    """The members of all invented archives by the importer that reads them: shape and bytes."""
    rulebook = Rulebook(declarations())
    seen: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for path in archives():
        parts = parts_of(path)
        try:
            archive = open_archive(parts)
            for member in archive.members:
                found = rulebook.match(member)
                if found is not None and isinstance(found[0], Importer) and found[0].id in importers:
                    data = member.read(64 << 20)
                    if shape := shapes.shape(data):
                        seen[found[0].id].append((shape, data))
        except ArchiveError:
            continue  # an invented archive that is damaged on purpose teaches nothing
        finally:
            for part in parts:
                if isinstance(part, FilePart):
                    part.stream.close()
    return seen


def _places(members: list[tuple[str, bytes]], words: frozenset[str]) -> dict[str, Place]:
    """Places with their names; those whose names are data are made free, and what is below them is one, in turn."""
    free: set[str] = set()
    while True:
        objects: dict[str, list[frozenset[str]]] = defaultdict(list)
        for shape, data in members:
            for path, names in _objects(shape, data, free):
                objects[path].append(names)
        more = {path for path, found in objects.items() if path not in free and not _fixed(path, found, words)}
        if not more:
            break
        free |= more
    places: dict[str, Place] = {}
    for path, found in objects.items():
        if path in free:
            places[path] = Place(free=True)
            continue
        everywhere = frozenset.intersection(*found)
        enough = path == "" or len(found) >= 2
        places[path] = Place(frozenset.union(*found), everywhere if enough and path != "<>" else frozenset())
    return places if any(not place.free for place in places.values()) else {}


def _fixed(path: str, found: list[frozenset[str]], words: frozenset[str]) -> bool:
    names = frozenset.union(*found)
    spoken = names & words
    return (path == "<>" and bool(spoken)) or (
        bool(spoken)
        and len(spoken) >= SPOKEN * len(names)
        and sum(bool(one & words) for one in found) >= ALIKE * len(found)
    )


def _objects(shape: str, data: bytes, free: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    if shape == "json":
        for value in shapes.json_value(data):
            yield from _walked(value, "", free)
    elif shape == "lines":
        for value in shapes.json_lines(data, first=True):
            yield from _walked(value, "[]", free)
    elif shape == "csv":
        header = _header(shapes.rows(data))
        if header:
            yield "", frozenset(header)
    else:
        for name, attributes in shapes.tags(data):
            yield "<>", frozenset({name})
            if attributes:
                yield f"<{name}>", frozenset(attributes)


def _walked(value: Any, path: str, free: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(value, list):
        for one in value:
            yield from _walked(one, f"{path}[]", free)
    elif isinstance(value, dict) and value:
        yield path, frozenset(value)
        for name, one in value.items():
            yield from _walked(one, f"{path}/{'*' if path in free else name}", free)


def _header(rows: list[list[str]]) -> list[str]:
    """The first row that is as wide as most rows are."""
    widths = Counter(len(row) for row in rows if any(row))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    return [cell for cell in next((row for row in rows if len(row) == usual and any(row)), []) if cell]


def _words(folder: Path) -> set[str]:
    """The names that the code of a package speaks of: its texts, and the fields of its types, as JSON writes them."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, *node.value.split(".")}
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found |= _spellings(node.target.id)
    for path in folder.rglob("*.toml"):
        found |= set(_strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    return {name for name in found if len(name) <= LONGEST and _NAME.fullmatch(name)}


def _spellings(name: str) -> set[str]:
    words = name.strip("_").split("_")
    pascal = "".join(word.capitalize() for word in words)
    return {name, pascal, pascal[:1].lower() + pascal[1:]}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def same_words(one: str, other: str) -> bool:
    """Whether two names of columns are the same for a reader."""
    return plain(one) == plain(other)
