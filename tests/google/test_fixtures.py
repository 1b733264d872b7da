"""Every invented archive gives the records beside it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.google.originals import lost
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "google"
MEMBERS = sorted(path for path in FIXTURES.rglob("*") if path.is_file() and path.suffix != ".jsonl")
ORIGINALS = sorted(FIXTURES.rglob("*.json"))
OVERFLOWED = {"4285967296": 1, "4200967296": 1}
"""Coordinates of one fix whose 32 bits overflowed: they are read as what they mean."""

EXPECTED = {
    "Records.json": OVERFLOWED,
    "Adresses enregistrées.json": {"FeatureCollection": 1},
    "Avis.json": {"FeatureCollection": 1},
    "Adresses avec libellé.json": {"FeatureCollection": 1},
    "Tasks.json": {"tasks#taskLists": 1},
}
"""What is not kept as it stands: what every file of that shape says of itself."""

NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", NAMES)
def test_the_records_are_those_that_stand_beside_it(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize("name", NAMES)
def test_every_member_is_read(name: str) -> None:
    assert set(run(FIXTURES / name).outcomes) == {"read"}


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda path: path.name)
def test_no_value_of_any_original_is_lost(original: Path) -> None:
    assert lost(original, run(original)) == EXPECTED.get(original.name, {})


@pytest.mark.parametrize("original", MEMBERS, ids=lambda path: path.name)
def test_no_damage_breaks_a_reader(original: Path, tmp_path: Path) -> None:
    chance = random.Random(original.name)
    data = original.read_bytes()
    for number in range(6):
        damaged = bytearray(data[: chance.randrange(1, len(data))] if number % 2 else data)
        for _ in range(chance.randrange(5)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / f"{number}{original.suffix}").write_bytes(bytes(damaged))
    found = run(tmp_path)
    assert sum(found.outcomes.values()) == 6
    assert not [notice for _, notice in found.notices if notice.reason == "importer-failed"]
