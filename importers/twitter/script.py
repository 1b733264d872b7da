"""The data files of an archive of X: JSON behind ``window.YTD.tweets.part0 = ``. Nothing is ever run.

Files were called differently by year (``tweet.js`` at the root, then ``data/tweet.js``, then ``data/tweets.js``) and
large ones go on in ``tweets-part1.js``; the name before the equals sign tells what they hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.contract import Archive, Member, Rule
from importers.formats import json_leaves
from importers.formats.json_leaves import Found
from importers.records import Notice

_HEAD = 1 << 12


def rules(*names: str) -> tuple[Rule, ...]:
    """Rules for data files by the name in their first line."""
    return (Rule(starts=tuple(f"window.YTD.{name}." for name in names)),)


def name(member: Member) -> str:
    """What the file says that it holds, ``tweets``; '' when it does not say."""
    with member.open() as stream:
        head, _, _ = stream.read(_HEAD).partition(b"=")
    parts = head.decode("utf-8", "replace").strip().split(".")
    return parts[2] if len(parts) > 3 else ""


def members(archive: Archive, what: str, *patterns: str) -> tuple[Member, ...]:
    """The data files that hold this: by their names, else by their first lines."""
    found = archive.find(*patterns)
    return found or tuple(one for one in archive.members if one.path.endswith(".js") and _says(one, what))


def _says(member: Member, what: str) -> bool:
    try:
        return name(member) == what
    except RefusedArchive:
        raise
    except ArchiveError:
        return False  # said when that file itself is read


def leaves(member: Member, through: Collection[str] = ()) -> Iterator[Found]:
    """The elements of a data file."""
    with member.open() as stream:
        data = _Behind(stream)
        yield from json_leaves.leaves(data, through)
    if data.is_empty:
        yield Notice("json-cut-off", "byte 0")


class _Behind:
    """What follows the first equals sign of a stream."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._ahead = b""
        self._begun = False
        self.is_empty = True

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many."""
        if not self._begun:
            self._begun = True
            head = self._stream.read(_HEAD)
            before, equals, after = head.partition(b"=")
            self._ahead = after if equals else before
        ahead, self._ahead = self._ahead, b""
        found = ahead or self._stream.read(size)
        self.is_empty = self.is_empty and not found.strip()
        return found
