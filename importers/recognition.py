"""Which importer reads which member: all rules matched in one pass."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook

from importers.archive import names
from importers.archive.errors import ArchiveError, RefusedArchive
from importers.contract import Archive, Declaration, Importer, Keep, Member, Rule, Skip
from importers.formats.sniff import HEAD, SQLITE, Facts, plain, table_names

WORKBOOK = 64 << 20
"""Bytes of the largest workbook that is opened, and of the largest database that is looked through for its tables:
where it has been tidied up they are not declared at its beginning."""

_BOTH, _CONTENT, _NAME = 3, 2, 1
_LINES = 20
_JSON = frozenset({"json-array", "json-object", "json-lines"})
_NO_TEXT = frozenset({"sqlite", "pdf", "gzip", "image", "binary", "zip", "xlsx", "empty"})
_WIDEST = 1000


class Rulebook:
    """All declarations, ready to be asked about members."""

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self.declarations = tuple(declarations)
        self._places = {id(one): place for place, one in enumerate(self.declarations)}
        self._last = _Index(one for one in self.declarations if _waits(one))
        self._first = _Index(one for one in self.declarations if not _waits(one))

    def place(self, declaration: Declaration) -> int:
        """The place of a declaration among all."""
        return self._places[id(declaration)]

    def match(self, member: Member) -> tuple[Declaration, int] | None:
        """The declaration that fits a member best, and how well (3 name and content, 2 content, 1 name); or None.

        Raises ``ArchiveError`` when the head of the member cannot be read.
        """
        look = _Look(member)
        found = self._first.best(look)
        if found is None and self._last and self._strange(member.archive):
            found = self._last.best(look)
        return found

    def _strange(self, archive: Archive) -> bool:
        """Whether nothing in the archive is recognised by what it is; found out once."""
        return archive.memo("recognition.strange", lambda: not any(map(self._knows, archive.members))) is True

    def _knows(self, member: Member) -> bool:
        try:
            found = self._first.best(_Look(member))
        except RefusedArchive:
            raise
        except ArchiveError:
            return False
        return found is not None and not isinstance(found[0], Skip)


def _waits(declaration: Declaration) -> bool:
    """Whether a declaration is for files of no known service."""
    return any(rule.strange or rule.alone for rule in declaration.rules)


class _Index:
    """Rules by what they ask, so that a member meets only those that may fit it.

    Of the hundreds of rules a member meets those that name the last part of its path, and those that ask for a content
    of its shape; a test holds this against asking every rule.
    """

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self._rules = [
            (order, declaration, rule) for order, declaration in enumerate(declarations) for rule in declaration.rules
        ]
        self._by_name: dict[str, set[int]] = {}
        self._by_ending: dict[str, list[tuple[str, str, int]]] = {}
        self._by_shape: dict[str, list[int]] = {}
        self._by_key: dict[str, list[int]] = {}
        self._by_header: dict[str, list[int]] = {}
        used = Counter(word for _, _, rule in self._rules for word in (*rule.keys, *_plain(rule.header)))
        for place, (_, _, rule) in enumerate(self._rules):
            for glob in rule.members:
                last = names.folded(glob).rpartition("/")[2]
                if any(mark in last for mark in "*?"):
                    self._by_ending.setdefault(_ending(last), []).append((_beginning(last), glob, place))
                else:
                    self._by_name.setdefault(last, set()).add(place)
            if not rule.has_content or rule.named:
                continue
            if rule.keys and rule.shape in _JSON:
                self._by_key.setdefault(min(rule.keys, key=used.__getitem__), []).append(place)
            elif rule.header and rule.shape in {"", "csv"}:
                self._by_header.setdefault(min(_plain(rule.header), key=used.__getitem__), []).append(place)
            else:
                self._by_shape.setdefault(rule.shape, []).append(place)

    def __bool__(self) -> bool:
        return bool(self._rules)

    def best(self, look: _Look) -> tuple[Declaration, int] | None:
        """The declaration that fits best, and how well."""
        found: tuple[tuple[int, int, int], Declaration] | None = None
        named = self._named(look.path)
        for place in sorted(named | self._shaped(look)):
            order, declaration, rule = self._rules[place]
            score = look.score(rule, named=place in named)
            if score:
                rank = (declaration.weight, score, -order)
                if found is None or rank > found[0]:
                    found = (rank, declaration)
        return (found[1], found[0][1]) if found else None

    def _named(self, path: str) -> set[int]:
        """The rules one of whose patterns the path matches."""
        last = path.rpartition("/")[2]
        exact = self._by_name.get(last, ())
        named = {
            place for place in exact if any(names.pattern(glob).match(path) for glob in self._rules[place][2].members)
        }
        for ending in {_ending(path), ""}:
            for beginning, glob, place in self._by_ending.get(ending, ()):
                if place not in named and last.startswith(beginning) and names.pattern(glob).match(path):
                    named.add(place)
        return named

    def _shaped(self, look: _Look) -> set[int]:
        """The rules that may be content with the member's content, whatever its name: each asks for a shape, or for
        the rarest of its keys or columns."""
        if not self._rules:
            return set()
        shape = look.shape
        found = {*self._by_shape.get("", ()), *self._by_shape.get(shape, ())}
        if shape in _JSON:
            found.update(place for key in look.keys for place in self._by_key.get(key, ()))
        if self._by_header and shape not in _NO_TEXT:
            found.update(place for name in look.columns for place in self._by_header.get(name, ()))
        return found


def _beginning(name: str) -> str:
    """What the last part of a path must begin with to match a pattern with this last part; '' when that is open."""
    return "" if "**" in name else re.split(r"[*?]", name, maxsplit=1)[0]


def _ending(name: str) -> str:
    """What a name ends with behind its last dot; '' when a pattern leaves that open."""
    ending = name.rpartition("/")[2].rpartition(".")
    return "" if not ending[1] or any(mark in ending[2] for mark in "*?") else ending[2]


def confidence(score: int, declaration: Declaration) -> float:
    """How sure a match is, 0 to 1, for the plan that a person sees."""
    if isinstance(declaration, Importer) and declaration.weight < 0:
        return 0.3
    return {_BOTH: 1.0, _CONTENT: 0.9, _NAME: 0.6}[score] if not isinstance(declaration, Keep) else 0.6


class _Look:
    def __init__(self, member: Member) -> None:
        self._member = member
        self.path = names.folded(member.path)

    @property
    def shape(self) -> str:
        """The shape of the member's content."""
        return self._facts.shape

    @property
    def keys(self) -> frozenset[str]:
        """The keys of a JSON member."""
        return self._facts.keys

    @property
    def columns(self) -> frozenset[str]:
        """What stands in a cell of the member's first rows."""
        return frozenset(cell for row in self._facts.rows for cell in row)

    @property
    def _alone(self) -> bool:
        """Whether the file came by itself: the archive is the file."""
        archive = self._member.archive
        return len(archive.members) == 1 and self.path == names.folded(names.clean(archive.name))

    def _has_neighbour(self, globs: tuple[str, ...]) -> bool:
        """Whether the archive has a member of such a name; looked up once for each set of patterns."""
        archive = self._member.archive
        known = cast("dict[tuple[str, ...], bool]", archive.memo("recognition.beside", dict))
        if globs not in known:
            known[globs] = bool(archive.find(*globs))
        return known[globs]

    @cached_property
    def _facts(self) -> Facts:
        with self._member.open() as stream:
            head = stream.read(HEAD)
        sheets: frozenset[str] = frozenset()
        if head.startswith(b"PK\x03\x04") and 0 <= self._member.size <= WORKBOOK:
            sheets = sheet_names(self._member.read(WORKBOOK))
        return Facts(head, sheets, self._tables(head))

    def _tables(self, head: bytes) -> tuple[str, ...]:
        """The tables of a database; of one that is too large or damaged those that its beginning declares."""
        if not head.startswith(SQLITE):
            return ()
        if 0 <= self._member.size <= WORKBOOK:
            try:
                return table_names(self._member.read(WORKBOOK))
            except RefusedArchive:
                raise
            except ArchiveError:
                return table_names(head)
        return table_names(head)

    def score(self, rule: Rule, *, named: bool) -> int:
        """How well a rule fits; ``named``: whether one of its patterns matches the path."""
        if rule.alone and not self._alone:
            return 0
        if rule.beside and not self._has_neighbour(rule.beside):
            return 0
        if rule.named and not named:
            return 0
        if not rule.has_content:
            return _NAME if named else 0
        if not self._fits(rule):
            return 0
        return _BOTH if named else _CONTENT

    def _fits(self, rule: Rule) -> bool:
        facts = self._facts
        return (
            (not rule.shape or facts.shape == rule.shape)
            and (not rule.keys or rule.keys <= facts.keys)
            and (not rule.root or facts.root == rule.root)
            and (not rule.starts or self._begin.startswith(rule.starts))
            and all(text in facts.text for text in rule.contains)
            and (not rule.header or self._has_header(rule.header))
            and (not rule.sheets or any(word in name for word in rule.sheets for name in facts.sheets))
            and (not rule.lines or _begins_lines(rule.lines, facts.text))
        )

    @cached_property
    def _begin(self) -> str:
        return self._facts.text.lstrip("\ufeff \t\r\n")

    def _has_header(self, header: frozenset[str]) -> bool:
        wanted = _plain(header)
        return any(wanted <= row for row in self._facts.rows)


@cache
def _plain(header: frozenset[str]) -> frozenset[str]:
    return frozenset(plain(name) for name in header)


def _begins_lines(pattern: str, text: str) -> bool:
    """Whether three of the first lines begin like this, or half of a shorter text."""
    first = [line[:_WIDEST] for line in text.split("\n", 4 * _LINES) if line.strip()][:_LINES]
    count = sum(re.match(pattern, line) is not None for line in first)
    return count >= 3 or (count >= 1 and 2 * count >= len(first))


def sheet_names(data: bytes) -> frozenset[str]:
    """Names of the sheets of a workbook; empty when it is none."""
    try:
        return frozenset(CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names)
    except (CalamineError, ValueError, OSError):
        return frozenset()
