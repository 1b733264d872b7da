"""What differs, gathered over all members of an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from importers.contract import Importer, Member
from importers.drift import pages, shapes, tables
from importers.drift.drift import Drift, Missing, New
from importers.drift.ear import Ear
from importers.drift.known import Known, Place, Reader
from importers.drift.names import CROWD, FEW, Style, may_be_told
from importers.formats.beginnings import Beginning
from importers.formats.sniff import plain

MOST = 200
"""Names that one importer's drift tells at most."""

MEMBERS = 64
"""Members of one importer that are all overheard; of those after them the 128th, the 256th, and so on."""

BYTES = 3 << 20
"""Bytes of one importer's members that are looked at, about."""

ENOUGH = 3
"""Objects that must have come before it is said that a field is missing from all of them."""

ELEMENTS = 100
"""Elements of pages that must have come before it is said that a name is missing from all of them."""

_HELD = 1_000
_DEPTH = 24
_TYPES = {str: "text", bool: "yes-no", int: "number", float: "number", dict: "object", list: "list"}


@dataclass
class _Tally:
    """What came at one place. ``usual``: lists of names that were met and are all known."""

    objects: int = 0
    present: set[str] = field(default_factory=set)
    strange: dict[str, Counter[str]] = field(default_factory=dict)
    usual: set[tuple[str, ...]] = field(default_factory=set)
    crowd: bool = False

    def note(self, name: str, kind: str) -> None:
        types = self.strange.get(name)
        if types is None:
            if len(self.strange) >= _HELD:
                self.crowd = True
                return
            types = self.strange[name] = Counter()
        types[kind] += 1


class Drifts:
    """The differences of one archive."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._notes: dict[str, _Notes] = {}

    def ear(self, importer: Importer) -> Ear | None:
        """An ear for the next member of an importer; None when nothing is known of it, or enough was heard."""
        reader = self._known.readers.get(importer.id)
        if reader is None:
            return None
        if importer.id not in self._notes:
            self._notes[importer.id] = _Notes(reader, self._known.words.get(reader.package, frozenset()))
        return Ear() if self._notes[importer.id].wants_more() else None

    def heard(self, importer: Importer, ear: Ear, begun: Sequence[Beginning] = ()) -> None:
        """A member was read to its end. ``begun``: its tables, when it was opened as a workbook or a database."""
        self._notes[importer.id].take(ear, begun)

    def knows(self, importer: Importer, *places: str) -> bool:
        """Whether one of these places is known of an importer: whether its files are pages, or hold tables."""
        reader = self._known.readers.get(importer.id)
        return reader is not None and not reader.places.keys().isdisjoint(places)

    def found(self) -> Iterator[Drift]:
        """The drift of each importer that has one."""
        for reader, notes in self._notes.items():
            new, missing = tuple(notes.new()), tuple(notes.missing())
            if new or missing:
                yield Drift(reader, notes.members, new[:MOST], missing[:MOST])


def hear(ear: Ear, member: Member) -> Callable[[Member], Callable[[memoryview], None] | None]:
    """What a view asks whenever a member is opened: who listens."""

    def listener(opened: Member) -> Callable[[memoryview], None] | None:
        if opened is not member:
            return None
        ear.begin()
        return ear.take

    return listener


class _Notes:
    """The differences of one importer."""

    def __init__(self, reader: Reader, words: frozenset[str]) -> None:
        self._places = reader.places
        self._words = words
        self._plain = frozenset(map(plain, words))
        self._tallies: dict[str, _Tally] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._met = 0
        self._bytes = 0
        self.members = 0

    def wants_more(self) -> bool:
        """Whether the next member is to be heard."""
        self._met += 1
        return self._bytes < BYTES and (self._met <= MEMBERS or self._met & (self._met - 1) == 0)

    def take(self, ear: Ear, begun: Sequence[Beginning]) -> None:
        """Note the fields of a member."""
        head = ear.head
        self._bytes += len(head) + sum(map(len, ear.windows))
        if begun and tables.ALL in self._places:
            self.members += 1
            self._tables(self._places[tables.ALL], begun)
            return
        shape = shapes.shape(head)
        if not shape:
            return
        self.members += 1
        if shape == "json":
            self._json(head, ear.windows)
        elif shape == "lines":
            self._lines(head, ear.windows)
        elif shape == "csv":
            self._header("", tables.Grid(shapes.rows(head), lambda *_: "text"))
        elif shape == "html":
            for at, part in enumerate((head, *ear.windows)):
                self._page(part, first=not at)
        else:
            for name, attributes in chain.from_iterable(map(shapes.tags, (head, *ear.windows))):
                self._element(name, attributes)

    def new(self) -> Iterator[New]:
        """Fields that are not known: first those that are told, then how many are not."""
        for path in sorted(self._tallies):
            tally, style = self._tallies[path], Style(self._names(path))
            told = {name for name in tally.strange if self._tellable(tally, style, name)}
            if len(told) > CROWD or tally.crowd:
                told = set()
            for name in sorted(told):
                types = tally.strange[name]
                kinds = [kind for kind in types if kind != "nothing"] or ["nothing"]
                yield New(path, name, kinds[0] if len(kinds) == 1 else "mixed", rounded(types.total()))
            if len(tally.strange) > len(told):
                yield New(path, "", "mixed", rounded(len(tally.strange) - len(told)))

    def missing(self) -> Iterator[Missing]:
        """Known fields that never came, where enough came that should have them."""
        for path in sorted(self._tallies):
            tally = self._tallies[path]
            if tally.objects >= _enough(path):
                for name in sorted(self._places[path].always - tally.present):
                    yield Missing(path, name)

    def _json(self, head: bytes, windows: Sequence[bytes]) -> None:
        for value in shapes.json_value(head):
            self._walk(value, "", 0)
        for value in chain.from_iterable(map(shapes.json_elements, windows)):
            self._place_and_walk(value)

    def _lines(self, head: bytes, windows: Sequence[bytes]) -> None:
        for part, first in ((head, True), *((part, False) for part in windows)):
            for value in shapes.json_lines(part, first=first):
                self._walk(value, "[]", 0)

    def _tellable(self, tally: _Tally, style: Style, name: str) -> bool:
        often = tally.objects < FEW or tally.strange[name].total() > 1
        return often and style.like(name) and may_be_told(name)

    def _names(self, path: str) -> frozenset[str]:
        return self._places[path].names

    def _tally(self, path: str) -> _Tally:
        return self._tallies.setdefault(path, _Tally())

    def _anchored(self, path: str) -> frozenset[str]:
        """The known names of a place that the code speaks of: an object without one of them may be anything."""
        if path not in self._anchors:
            self._anchors[path] = self._names(path) & self._words
        return self._anchors[path]

    def _walk(self, value: Any, path: str, depth: int) -> None:
        if depth > _DEPTH:
            return
        if isinstance(value, list):
            for one in value:
                if isinstance(one, dict | list):
                    self._walk(one, f"{path}[]", depth + 1)
            return
        place = self._places.get(path)
        if place is None or not isinstance(value, dict):
            return
        if place.free:
            for one in value.values():
                if isinstance(one, dict | list):
                    self._walk(one, f"{path}/*", depth + 1)
            return
        self._object(place, path, value, depth)

    def _object(self, place: Place, path: str, value: dict[str, Any], depth: int) -> None:
        usual = self._tallies.get(path)
        if usual is not None and tuple(value) in usual.usual:
            usual.objects += 1
            for name, one in value.items():
                if isinstance(one, dict | list):
                    self._walk(one, f"{path}/{name}", depth + 1)
            return
        known = value.keys() & place.names
        if not known & self._anchored(path):
            return
        tally = self._tally(path)
        tally.objects += 1
        tally.present |= known
        if len(known) == len(value) and len(tally.usual) < _HELD:
            tally.usual.add(tuple(value))
        for name, one in value.items():
            if name not in known:
                if name not in self._words:
                    tally.note(name, _TYPES.get(type(one), "nothing"))
            elif isinstance(one, dict | list):
                self._walk(one, f"{path}/{name}", depth + 1)

    def _place_and_walk(self, value: Any) -> None:
        """An object from the middle of a file belongs where most of its names are known."""
        if not isinstance(value, dict):
            return
        shared = {
            path: len(place.names & value.keys())
            for path, place in self._places.items()
            if not place.free and path.endswith("[]")
        }
        path = max(shared, key=lambda one: shared[one], default="")
        if path and shared[path] >= 2 and 2 * shared[path] >= len(value):
            self._walk(value, path, 0)

    def _header(self, path: str, grid: tables.Grid) -> None:
        place = self._places.get(path)
        if place is None or place.free:
            return
        wanted = {plain(name): name for name in place.names}
        rows = grid.rows
        at = max(range(len(rows)), key=lambda row: sum(plain(cell) in wanted for cell in rows[row]), default=-1)
        best = rows[at] if rows else []
        met = {wanted[plain(cell)] for cell in best if plain(cell) in wanted}
        if not met & self._anchored(path) or not (grid.certain or 2 * len(met) >= sum(map(bool, best))):
            return
        tally = self._tally(path)
        tally.objects += 1
        tally.present |= met
        for column, cell in enumerate(best):
            if cell and plain(cell) not in wanted and plain(cell) not in self._plain:
                tally.note(cell, grid.kind(at, column))

    def _tables(self, place: Place, begun: Sequence[Beginning]) -> None:
        """The tables of a workbook or database; of one that is not known only the name."""
        wanted = {plain(name): name for name in place.names}
        named = {wanted.get(plain(name := tables.short(one.name)), name): one for one in begun}
        self._object(place, tables.ALL, {name: [] for name in named}, 0)
        for name in named.keys() & place.names:
            self._header(tables.place(name), tables.grid(named[name]))

    def _page(self, part: bytes, *, first: bool) -> None:
        """A part of a page, from the first element on that has a name of which the code speaks."""
        begun = False
        for path, names in pages.names(part, first=first):
            place = self._places.get(path)
            if place is None or place.free:
                continue
            begun = begun or not self._anchored(path).isdisjoint(names)
            if not begun:
                continue
            tally = self._tally(path)
            tally.objects += 1
            for name in names:
                if name in place.names:
                    tally.present.add(name)
                elif name not in self._words:
                    tally.note(name, "text")

    def _element(self, name: str, attributes: list[str]) -> None:
        elements = self._places.get("<>")
        if elements is None or elements.free:
            return
        tally = self._tally("<>")
        tally.objects += 1
        if name not in elements.names:
            if name not in self._words:
                tally.note(name, "text")
            return
        place = self._places.get(f"<{name}>")
        if place is not None and not place.free:
            self._object(place, f"<{name}>", dict.fromkeys(attributes, ""), 0)


def _enough(path: str) -> int:
    """Objects of a place from which it can be said that a name is missing from all of them."""
    return 1 if tables.is_table(path) else ELEMENTS if path in {pages.CLASS, pages.FIELD} else ENOUGH


def rounded(count: int) -> int:
    """1, 10, 100, ...: the largest that is not larger."""
    return int("1" + "0" * (len(str(count)) - 1))
