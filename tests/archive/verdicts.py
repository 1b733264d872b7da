"""What a person is told about an archive that is opened and read to its end, in this process."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from importers.archive.errors import ArchiveError, RefusedArchive
from tests.archive.building import view

WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"


@cache
def sentences() -> dict[str, dict[str, str]]:
    """The sentences about archives, by their ids."""
    found: dict[str, dict[str, str]] = {}
    for kind in ("errors", "notices"):
        found |= tomllib.loads((WORDS / kind / "archive.toml").read_text(encoding="utf-8"))
    return found


def verdict(data: bytes, name: str) -> tuple[set[str], bool]:
    """Open and read all: the ids of what was told, and whether ``good.txt`` was read. Only ArchiveError may come out."""
    told: set[str] = set()
    survived = False
    try:
        archive = view(data, name)
    except RefusedArchive as error:
        return {error.reason}, False
    told |= {notice.reason for _, notice in archive.notices}
    try:
        for member in archive.members:
            try:
                size = sum(map(len, member.pieces()))
                survived |= member.path == "good.txt" and size > 0
            except RefusedArchive:
                raise
            except ArchiveError as error:
                told.add(error.reason)
            told |= {notice.reason for notice in member.oddities}
    except RefusedArchive as error:
        return told | {error.reason}, False
    return told, survived
