"""Every text, number and key of the originals is found again in a record: in a column or in the details."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.meta.elements import unversioned
from importers.meta.mangled import whole
from tests.importing import run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ARCHIVES = (
    *("facebook/archive-2022", "facebook/archive-2025", "messenger/encrypted", "instagram/archive-2022"),
    *("instagram/archive-2026", "threads/archive"),
)
SAMPLES = (
    *("facebook/polypod-2021", "facebook/hestia-2022-fr/unzipped", "instagram/hestia-2022-fr/unzipped"),
    *("instagram/context-use-2026", "instagram/chat-miner", "messenger/msgvault/json_nontext"),
    *("messenger/msgvault/json_simple", "messenger/msgvault/json_group", "messenger/msgvault/e2ee_simple"),
)


@pytest.mark.parametrize("name", ARCHIVES)
def test_nothing_of_an_invented_archive_is_lost(name: str) -> None:
    assert lost(FIXTURES / name) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_of_a_real_file_is_lost(name: str) -> None:
    assert lost(sample(name)) == []


def lost(archive: Path) -> list[Any]:
    """Values of the files that no record has, each with its file."""
    kept: set[Any] = set()
    for line in run(archive).lines():
        record = json.loads(line)
        record.pop("key", None)
        for value in values(record):
            kept.add(value)
            if isinstance(value, int):
                kept |= {value // 1_000, value // 1_000_000}
    files = [path for path in archive.rglob("*.json") if "__MACOSX" not in path.parts]
    originals = ((path.name, value) for path in files for value in values(whole(json.loads(path.read_bytes()))))
    return [(name, value) for name, value in originals if value not in kept and unversioned(str(value)) not in kept]


def values(value: Any) -> Iterator[Any]:
    """All texts and numbers in a JSON value, empty ones, 0 and truth values left out."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from values(entry)
    elif value and not isinstance(value, bool):
        yield value
