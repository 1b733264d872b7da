"""Every class of hostile archive ends in a verdict: at once, within bounded memory, in words that a person understands."""

from __future__ import annotations

import time
import tomllib
import tracemalloc
from pathlib import Path

import pytest

from importers.archive.errors import ArchiveError, RefusedArchive
from tests.archive.building import view
from tests.archive.hostile import CLASSES, Hostile

WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"
SECONDS = 2.0
MEMORY = 80 << 20
"""Bytes beyond those of the archive itself; the reading process has 512 MiB."""


def sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for kind in ("errors", "notices"):
        found |= tomllib.loads((WORDS / kind / "archive.toml").read_text(encoding="utf-8"))
    return found


def verdict(case: Hostile) -> tuple[set[str], bool]:
    """Open and read all: the ids of what was told, and whether ``good.txt`` was read. Only ArchiveError may come out."""
    told: set[str] = set()
    survived = False
    try:
        archive = view(case.make(), case.file)
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


def test_there_are_at_least_sixty_classes() -> None:
    assert len(CLASSES) >= 60
    assert len({case.name for case in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("case", CLASSES, ids=lambda case: case.name)
def test_a_hostile_archive_gets_a_verdict_at_once_in_little_memory_and_in_words(case: Hostile) -> None:
    case.make()
    started = time.process_time()
    tracemalloc.start()
    try:
        told, survived = verdict(case)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < SECONDS
    assert told >= case.told
    assert survived is case.survives
    for reason in told:
        assert set(sentences()[reason]) >= {"fr", "en"}, reason
