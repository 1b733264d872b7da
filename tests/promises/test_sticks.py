"""Keys without hardware: what was synced before a pull is there afterwards, and what comes after it fails at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.promises import sticks
from tests.promises.sticks import Stick


@pytest.mark.parametrize("kind", [kind for kind in sticks.KINDS if kind != "FAT"])
def test_a_pulled_key_keeps_what_was_synced_and_answers_nothing_more(kind: str, tmp_path: Path) -> None:
    if why := sticks.missing(kind):
        pytest.skip(why)
    place = tmp_path / "key"
    place.mkdir()
    stick = Stick(kind, tmp_path / "key.img", place)
    stick.format()
    try:
        stick.plug()
        handle = os.open(place / "a.bin", os.O_RDWR | os.O_CREAT)
        os.write(handle, b"kept" * 5000)
        os.fsync(handle)
        stick.pull()
        with pytest.raises(OSError):
            os.pwrite(handle, b"lost", 0)
        with pytest.raises(OSError):
            list(place.iterdir())
        with pytest.raises(OSError):
            os.close(handle)
        stick.clear()
        stick.plug()
        assert (place / "a.bin").read_bytes() == b"kept" * 5000
    finally:
        stick.clear()


def test_a_system_without_the_programs_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sticks, "_PATH", "/nowhere")
    if sticks.sys.platform == "linux":
        assert sticks.missing("FAT") == "FAT: without mkfs.fat, fusefat, umount"
