"""The judge of hostile archives sees what it is there to see."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.archive.variants import Variant
from tests.promises import archives
from tests.promises.archives import Judged, _judged, wrongs

HONEST = Variant("zip_wrong_crc", "as it is", 0, "a.zip", b"", frozenset({"member-damaged"}), survives=True)


@pytest.mark.parametrize(
    ("told", "survived", "seconds", "memory", "wrong"),
    [
        ({"member-damaged"}, True, 1.0, 1 << 20, []),
        (set(), True, 1.0, 1 << 20, ["did not tell member-damaged"]),
        ({"member-damaged"}, False, 1.0, 1 << 20, ["the good member was not read"]),
        ({"member-damaged"}, True, 2.1, 1 << 20, ["took 2.1 s"]),
        ({"member-damaged"}, True, 1.0, 300 << 20, ["took 300 MiB"]),
        ({"member-damaged", "no-such-id"}, True, 1.0, 0, ["has no words for no-such-id"]),
    ],
)
def test_each_fault_of_a_verdict_is_named(
    *, told: set[str], survived: bool, seconds: float, memory: int, wrong: list[str]
) -> None:
    assert wrongs(HONEST, told, survived, seconds, memory) == wrong


def test_a_process_that_dies_or_takes_memory_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(_data: bytes, _name: str) -> tuple[set[str], bool]:
        assert len(bytearray(b"x") * (300 << 20))
        return {"member-damaged"}, True

    judged = Judged()
    monkeypatch.setattr(archives, "verdict", greedy)
    _judged(HONEST, tmp_path, judged)
    assert "MiB" in judged.broken[0]
    monkeypatch.setattr(archives, "verdict", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    _judged(HONEST, tmp_path, judged)
    assert "ended with -9" in judged.broken[1]
