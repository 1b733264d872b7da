"""Hundreds of rules are asked by an index; every file gets the reader that asking all of them would give."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.archive import names
from importers.archive.errors import ArchiveError
from importers.archive.parts import FilePart
from importers.archive.view import open_archive
from importers.contract import Declaration, Member
from importers.recognition import Rulebook, _Look, _waits
from importers.registry import declarations
from tests.importers.test_fixtures import ARCHIVES
from tests.importing import SAMPLES, parts_of, sample


def asked_one_by_one(member: Member) -> tuple[Declaration, int] | None:
    """The best declaration among those for known services, by asking every rule."""
    look = _Look(member)
    best: tuple[tuple[int, int, int], Declaration] | None = None
    known = [one for one in declarations() if not _waits(one)]
    for order, declaration in enumerate(known):
        for rule in declaration.rules:
            score = look.score(rule, named=names.matches(member.path, *rule.members))
            rank = (declaration.weight, score, -order)
            if score and (best is None or rank > best[0]):
                best = (rank, declaration)
    return (best[1], best[0][1]) if best else None


def check(*paths: Path) -> int:
    parts = parts_of(*paths)
    try:
        archive = open_archive(parts)
        book = Rulebook(declarations())
        for member in archive.members:
            try:
                wanted = asked_one_by_one(member)
            except ArchiveError:
                continue
            found = book.match(member)
            if wanted is None:
                assert found is None or _waits(found[0]), member.path
            else:
                assert found == wanted, member.path
        return len(archive.members)
    finally:
        for part in parts:
            if isinstance(part, FilePart):
                part.stream.close()


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_invented_archive_is_recognised_as_by_asking_every_rule(name: str) -> None:
    assert check(ARCHIVES[name])


def test_the_real_samples_are_recognised_as_by_asking_every_rule() -> None:
    sample("google")
    folders = sorted(path for path in SAMPLES.iterdir() if path.is_dir())
    assert sum(check(folder) for folder in folders) > 500
