"""Every invented archive gives the records beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.google.originals import lost
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "google"
ORIGINALS = sorted(FIXTURES.rglob("*.json"))
OVERFLOWED = {"4285967296": 1, "4200967296": 1}
"""Coordinates of one fix whose 32 bits overflowed: they are read as what they mean."""

NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_the_records_are_those_that_stand_beside_it(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize("name", NAMES)
def test_every_member_is_read(name: str) -> None:
    assert set(run(FIXTURES / name).outcomes) == {"read"}


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda path: path.name)
def test_no_value_of_any_original_is_lost(original: Path) -> None:
    assert lost(original, run(original)) == (OVERFLOWED if original.name == "Records.json" else {})
