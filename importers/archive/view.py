"""One view over everything an archive can be. Nothing is ever extracted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from importers.archive import names
from importers.archive.budget import Budget
from importers.archive.errors import ArchiveError, RefusedArchive
from importers.archive.member import ViewMember
from importers.archive.nested import Nesting, Place
from importers.archive.notes import Notes
from importers.archive.opening import opened
from importers.archive.parts import FilePart, FolderPart, Part
from importers.archive.plain_parts import FolderContent, SingleContent
from importers.archive.sets import in_order, missing
from importers.archive.sources import FileSource
from importers.archive.zip_rules import MOST_MEMBERS
from importers.contract import Member
from importers.records import Notice

LISTED = 5_000
"""Members between two signs of life."""

_REMEMBERED = 512


def _nothing() -> None:
    """Nobody is waiting."""


def _nobody(_: Member) -> None:
    """Nobody listens."""


class View:
    """See ``importers.contract.Archive``.

    ``bytes_done``: bytes of the archive that were consumed so far, of ``bytes_total``; it only grows, and ends there
    when all members have been read or finished.
    ``listener``: asked whenever a member is opened, gives what is to hear the bytes that pass, or None.
    ``beat``: called now and then during work that says nothing else, so that nobody takes it for dead.
    """

    def __init__(self, parts: Sequence[Part], beat: Callable[[], None] = _nothing) -> None:
        ordered = in_order(parts)
        self.name = ordered[0].name if ordered else ""
        self.bytes_total = sum(_size(part) for part in ordered)
        self.beat = beat
        self.budget = Budget(self.bytes_total, beat)
        self.looking = False
        self.listener: Callable[[Member], Callable[[memoryview], None] | None] = _nobody
        self._notes = Notes()
        self._nesting = Nesting(self.budget, self._notes)
        self._memo: dict[str, object] = {}
        self._found: dict[tuple[str, ...], tuple[ViewMember, ...]] = {}
        self._folded: list[str] | None = None
        for absent in missing([part.name for part in ordered]):
            self._notes.add("part-missing", "", absent)
        try:
            self.members: tuple[ViewMember, ...] = tuple(self._members(ordered))
        except ArchiveError:
            raise
        except (OSError, ValueError) as error:
            raise RefusedArchive("archive-damaged", type(error).__name__) from error
        self.bytes_done = self.bytes_total - sum(member.share for member in self.members)

    @property
    def notices(self) -> list[tuple[str, Notice]]:
        """What was odd about the archive itself, each with the path of the member, or ''."""
        return self._notes.all()

    def find(self, *patterns: str) -> tuple[ViewMember, ...]:
        """Members whose path matches one of the patterns."""
        if patterns not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            if self._folded is None:
                self._folded = [names.folded(member.path) for member in self.members]
            wanted = [names.pattern(glob) for glob in patterns]
            self._found[patterns] = tuple(
                member
                for member, path in zip(self.members, self._folded, strict=True)
                if any(glob.match(path) for glob in wanted)
            )
        return self._found[patterns]

    def memo(self, key: str, make: Callable[[], object]) -> object:
        """Made once for each key, kept as long as the view."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    @contextmanager
    def glance(self) -> Iterator[None]:
        """While it lasts, reading is no progress: members are looked at to be recognised, and read later."""
        self.looking = True
        try:
            yield
        finally:
            self.looking = False

    def finish(self, member: ViewMember) -> None:
        """Nothing more will be read of this member: its bytes count as consumed."""
        member.progress(1, 1)

    def _members(self, parts: Sequence[Part]) -> Iterator[ViewMember]:
        seen: set[int] = set()
        count, left = 0, self.bytes_total
        for part in parts:
            numbers: dict[str, int] = {}
            for place in self._places(part):
                found = place.found
                if found.check is not None:
                    identity = hash((found.path, found.size, found.check))
                    if identity in seen:  # equal path, equal bytes: one member, however many parts hold it
                        continue
                    seen.add(identity)
                count += 1
                if not count % LISTED:
                    self.beat()
                if count > MOST_MEMBERS:
                    raise RefusedArchive("archive-too-many")
                path = self._own_name(found.path, numbers)
                share = min(found.share, left)  # declared, and so perhaps a lie
                left -= share
                yield ViewMember(self, path, found.size, share, place.content, found.ref)

    def _own_name(self, path: str, numbers: dict[str, int]) -> str:
        """The path of a member, with a number when its part has another one of that path."""
        if path not in numbers:
            numbers[path] = 1
            return path
        while (own := f"{path}#{numbers[path] + 1}") in numbers:
            numbers[path] += 1
        numbers[path] += 1
        numbers[own] = 1
        self._notes.add("member-twice", path, f"#{numbers[path]}")
        return own

    def _places(self, part: Part) -> Iterator[Place]:
        if isinstance(part, FolderPart):
            return self._nesting.members(FolderContent(part), "", 0)
        source = FileSource(part)
        content = opened(source, self.budget, self._notes)
        if content is not None:
            return self._nesting.members(content, "", 1)
        single = SingleContent(source)
        return (Place(single, found) for found in single.members())


def _size(part: Part) -> int:
    return part.size if isinstance(part, FilePart) else sum(size for _, size in part.entries)


def open_archive(parts: Sequence[Part], beat: Callable[[], None] = _nothing) -> View:
    """A view over the parts; ``beat`` as in ``View``. Raises ``RefusedArchive`` when the archive breaks a rule."""
    return View(parts, beat)
