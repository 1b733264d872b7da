"""Which importer reads which member: all rules matched in one pass."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cached_property
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
_WIDEST = 1000


class Rulebook:
    """All declarations, ready to be asked about members."""

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self.declarations = tuple(declarations)
        self._last = tuple(declaration for declaration in self.declarations if _waits(declaration))
        self._first = tuple(declaration for declaration in self.declarations if not _waits(declaration))

    def match(self, member: Member) -> tuple[Declaration, int] | None:
        """The declaration that fits a member best, and how well (3 name and content, 2 content, 1 name); or None.

        Raises ``ArchiveError`` when the head of the member cannot be read.
        """
        look = _Look(member)
        found = _best(look, self._first)
        if found is None and self._last and self._strange(member.archive):
            found = _best(look, self._last)
        return found

    def _strange(self, archive: Archive) -> bool:
        """Whether nothing in the archive is recognised by what it is; found out once."""
        return archive.memo("recognition.strange", lambda: not any(map(self._knows, archive.members))) is True

    def _knows(self, member: Member) -> bool:
        try:
            found = _best(_Look(member), self._first)
        except RefusedArchive:
            raise
        except ArchiveError:
            return False
        return found is not None and not isinstance(found[0], Skip)


def _waits(declaration: Declaration) -> bool:
    """Whether a declaration is for files of no known service."""
    return any(rule.strange or rule.alone for rule in declaration.rules)


def _best(look: _Look, declarations: Iterable[Declaration]) -> tuple[Declaration, int] | None:
    best: tuple[tuple[int, int, int], Declaration] | None = None
    for order, declaration in enumerate(declarations):
        score = max((look.score(rule) for rule in declaration.rules), default=0)
        if score:
            rank = (declaration.weight, score, -order)
            if best is None or rank > best[0]:
                best = (rank, declaration)
    return (best[1], best[0][1]) if best else None


def confidence(score: int, declaration: Declaration) -> float:
    """How sure a match is, 0 to 1, for the plan that a person sees."""
    if isinstance(declaration, Importer) and declaration.weight < 0:
        return 0.3
    return {_BOTH: 1.0, _CONTENT: 0.9, _NAME: 0.6}[score] if not isinstance(declaration, Keep) else 0.6


class _Look:
    def __init__(self, member: Member) -> None:
        self._member = member
        self._path = names.folded(member.path)

    @property
    def _alone(self) -> bool:
        """Whether the file came by itself: the archive is the file."""
        archive = self._member.archive
        return len(archive.members) == 1 and self._path == names.folded(names.clean(archive.name))

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

    def score(self, rule: Rule) -> int:
        if rule.alone and not self._alone:
            return 0
        if rule.beside and not self._has_neighbour(rule.beside):
            return 0
        named = any(names.pattern(glob).match(self._path) for glob in rule.members)
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
            and (not rule.starts or facts.text.lstrip("\ufeff \t\r\n").startswith(rule.starts))
            and all(text in facts.text for text in rule.contains)
            and (not rule.header or self._has_header(rule.header))
            and (not rule.sheets or any(word in name for word in rule.sheets for name in facts.sheets))
            and (not rule.lines or _begins_lines(rule.lines, facts.text))
        )

    def _has_header(self, header: frozenset[str]) -> bool:
        wanted = {plain(name) for name in header}
        return any(wanted <= row for row in self._facts.rows)


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
