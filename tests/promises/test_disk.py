"""The model of the drive: what is sure, what may be lost, and that nothing else comes out of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.promises.disk import Disk
from tests.promises.trace import Cut, FolderSynced, Opened, Removed, Renamed, Synced, Wrote


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    (tmp_path / "old").write_bytes(b"old")
    return Disk(tmp_path)


def take(disk: Disk, *events: object) -> None:
    for event in events:
        disk.take(event)  # type: ignore[arg-type]


def test_what_was_there_before_is_sure(disk: Disk):
    assert disk.nothing_more().files == {"old": b"old"}


def test_bytes_are_sure_after_a_sync_and_a_name_after_its_folder(disk: Disk):
    take(disk, Opened("new", 7, made=True), Wrote(7, 0, b"bytes"))
    assert disk.nothing_more().files == {"old": b"old"}
    take(disk, Synced(7))
    assert "new" not in disk.nothing_more().files
    take(disk, FolderSynced(""))
    assert disk.nothing_more().files["new"] == b"bytes"


def test_a_synced_name_without_synced_bytes_is_an_empty_file(disk: Disk):
    take(disk, Opened("new", 7, made=True), Wrote(7, 0, b"bytes"), FolderSynced(""))
    assert disk.nothing_more().files["new"] == b""
    assert disk.everything().files["new"] == b"bytes"


def test_a_removed_name_may_come_back_until_its_folder_is_synced(disk: Disk):
    take(disk, Removed("old"))
    assert disk.nothing_more().files == {"old": b"old"}
    assert disk.everything().files == {}
    take(disk, FolderSynced(""))
    assert disk.nothing_more().files == {}


def test_a_rename_is_all_or_nothing(disk: Disk):
    take(disk, Renamed("old", "new"))
    seen = {tuple(sorted(disk.a_mixture(random.Random(seed)).files)) for seed in range(50)}
    assert seen == {("old",), ("new",)}


def test_a_write_tears_at_sectors_and_nowhere_else(disk: Disk):
    take(disk, Opened("old", 3, made=False), Wrote(3, 0, b"a" * 512 + b"b" * 512))
    seen = {disk.a_mixture(random.Random(seed)).files["old"] for seed in range(300)}
    whole = b"a" * 512 + b"b" * 512
    torn = b"old".ljust(512, b"\0") + b"b" * 512
    assert seen == {b"old", whole, b"a" * 512, torn}


def test_a_prefix_holds_no_later_write_without_the_earlier_ones(disk: Disk):
    take(disk, Opened("old", 3, made=False), *(Wrote(3, n, b"x") for n in range(8)))
    seen = {disk.a_prefix(random.Random(seed)).files["old"] for seed in range(200)}
    assert seen == {b"x" * n + b"old"[n:] for n in range(9)}


def test_a_cut_is_a_change_like_any_other(disk: Disk):
    take(disk, Opened("old", 3, made=False), Cut(3, 1))
    assert disk.nothing_more().files["old"] == b"old"
    assert disk.everything().files["old"] == b"o"
