"""What is known of importers, learned from the invented samples and from the words of the code."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from importers.archive.errors import ArchiveError
from importers.archive.parts import FilePart
from importers.archive.view import View, open_archive
from importers.contract import Importer, Member
from importers.drift import pages, shapes, tables
from importers.drift.known import Known, Place, Reader
from importers.drift.names import LONGEST
from importers.formats import beginnings
from importers.formats.sniff import plain
from importers.formats.sqlite_tables import DatabaseError
from importers.formats.workbooks import WorkbookError
from importers.recognition import Rulebook
from importers.registry import declarations
from tests.drift.inventions import MORE
from tests.importers.archives import MADE, files, view
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

WHOLE = frozenset({"chatgpt.conversation_page", "google.index_page"})
"""Pages that are kept whole: what their parts are called is of no matter."""

ALIKE = 0.9
"""The part of the objects of a place that have a name that the code speaks of, where names are the format's own."""

SPOKEN = 0.2
"""The part of the different names of such a place that the code speaks of."""

_NAME = re.compile(r"[@$_#]{0,2}[^\W\d_][^\n\r\t]*")
_MARKUP = re.compile(r"""(?:class|itemprop)=["']([\w -]+)""")


Content: TypeAlias = tuple[str, Any]
"""A shape, and the bytes of a member; with ``tables`` how its tables begin."""


@cache
def known() -> Known:
    """Everything, made anew."""
    importers = {one.id: one for one in declarations() if isinstance(one, Importer) and one.source not in OPEN}
    seen = _seen(importers)
    packages = {one.id: package(one) for one in importers.values()}
    words = {name: _words(ROOT / "importers" / name) for name in sorted(set(packages.values()))}
    for one in importers.values():
        words[packages[one.id]] |= {name for rule in one.rules for name in (*rule.header, *rule.keys)}
    for name, members in seen.items():
        words[packages[name]] |= _begun(members, _beginnings(ROOT / "importers" / packages[name]))
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


def opened() -> Iterator[tuple[str, View]]:
    """Every invented archive, opened: those on disk, and those that are made. Damaged ones teach nothing."""
    for path in archives():
        parts = parts_of(path)
        try:
            yield str(path.relative_to(FIXTURES)), open_archive(parts)
        except ArchiveError:
            continue
        finally:
            for part in parts:
                if isinstance(part, FilePart):
                    part.stream.close()
    for name in MADE:
        yield name, view(files(name))
    for name, held in MORE.items():
        yield name, view(held)


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


def _seen(importers: dict[str, Importer]) -> dict[str, list[Content]]:
    """The members of all invented archives by the importer that reads them: shape and content."""
    rulebook = Rulebook(declarations())
    seen: dict[str, list[Content]] = defaultdict(list)
    for _, archive in opened():
        with suppress(ArchiveError):  # an invented archive that is damaged on purpose teaches nothing
            for member in archive.members:
                found = rulebook.match(member)
                if found is not None and isinstance(found[0], Importer) and found[0].id in importers:
                    shape, content = _content(member)
                    if shape and not (shape == "html" and found[0].id in WHOLE):
                        seen[found[0].id].append((shape, content))
    return seen


def _content(member: Member) -> Content:
    data = member.read(64 << 20)
    with suppress(DatabaseError, WorkbookError):
        tables.open_again(member, data)
    begun = beginnings.take(member)
    return ("tables", begun) if begun else (shapes.shape(data), data)


def _places(members: list[Content], words: frozenset[str]) -> dict[str, Place]:
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
        enough = tables.is_table(path) or len(found) >= 2
        if path == pages.CLASS or path.startswith("|"):  # pages are written anew often, and databases grow by versions
            everywhere &= words
        mixed = path in {"<>", pages.FIELD}
        places[path] = Place(frozenset.union(*found), everywhere if enough and not mixed else frozenset())
    return places if any(not place.free for place in places.values()) else {}


def _fixed(path: str, found: list[frozenset[str]], words: frozenset[str]) -> bool:
    names = frozenset.union(*found)
    spoken = names & words
    return (path in {"<>", tables.ALL, pages.CLASS} and bool(spoken)) or (
        bool(spoken)
        and len(spoken) >= SPOKEN * len(names)
        and sum(bool(one & words) for one in found) >= ALIKE * len(found)
    )


def _objects(shape: str, data: Any, free: set[str]) -> Iterator[tuple[str, frozenset[str]]]:
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
    elif shape == "tables":
        yield tables.ALL, frozenset(tables.short(table.name) for table in data)
        for table in data:
            yield tables.place(tables.short(table.name)), frozenset(filter(None, _top(tables.grid(table).rows)))
    elif shape == "html":
        found = defaultdict(set)
        for path, names in pages.names(data):
            found[path].update(names)
        yield from ((path, frozenset(names)) for path, names in found.items())
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


def _top(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """The header of a sheet: the first row of the longest block of rows without a gap; titles stand above a gap."""
    best: list[Sequence[str]] = []
    block: list[Sequence[str]] = []
    for row in (*rows, ()):
        if any(row):
            block.append(row)
            continue
        best = max(best, block, key=len)
        block = []
    return best[0] if best else ()


def _words(folder: Path) -> set[str]:
    """The names that the code of a package speaks of: its texts, and the fields of its types, as JSON writes them."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value, *node.value.split("."), *_markup(node.value)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
                found |= set(_markup(node.value.decode("utf-8", "ignore")))
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found |= _spellings(node.target.id)
    for path in folder.rglob("*.toml"):
        found |= set(_strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    return {name for name in found if len(name) <= LONGEST and _NAME.fullmatch(name)}


def _beginnings(folder: Path) -> tuple[str, ...]:
    """What the code of a package takes for the beginning of a title (``valeur``)."""
    asked = [
        call.args[0]
        for path in folder.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "startswith"
    ]
    constants = (one.value for one in asked if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return tuple(text for text in constants if len(text) >= 5)


def _begun(members: list[Content], asked: tuple[str, ...]) -> set[str]:
    """The columns of workbooks that begin with what the code asks for: it speaks of them too."""
    cells = {
        cell
        for shape, content in members
        if shape == "tables"
        for table in content
        for cell in _top(tables.grid(table).rows)
    }
    return {cell for cell in cells if plain(cell).startswith(asked)}


def _markup(text: str) -> Iterator[str]:
    """The names in a piece of HTML that code looks for."""
    for names in _MARKUP.findall(text):
        yield from names.split()


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
