"""Camille's archives are the same bytes at each making, and in shapes that our importers know."""

from __future__ import annotations

from pathlib import Path

from tests.importing import run
from vault_app.learn.camille import write_archives


def test_two_makings_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        write_archives(folder)
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }


def test_every_member_of_every_archive_is_read(tmp_path: Path) -> None:
    for path in write_archives(tmp_path):
        result = run(path)
        assert set(result.outcomes) == {"read"}, path.name
        assert not result.notices, path.name
