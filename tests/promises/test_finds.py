"""What once came out of a door, and may not: each input is tried at its door again, in every run.

A find is written to ``finds/<door>/`` by the row S2 (``python3 start.py promises S2``). When it is mended its file stays.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.promises.fuzz_targets import TARGETS, all_seeds, unforeseen
from tests.promises.fuzzing import FINDS, Watch, tried
from tests.promises.mutator import Mutator


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    watch.start()
    yield watch
    watch.stop()


@pytest.mark.parametrize("name", sorted(path.relative_to(FINDS).as_posix() for path in FINDS.glob("*/*.bin")))
def test_what_was_found_once_does_not_come_out_again(name: str, watch: Watch) -> None:
    error = tried(TARGETS[name.split("/", maxsplit=1)[0]], (FINDS / name).read_bytes())
    if error is not None:
        raise error


def test_honest_inputs_pass_every_door() -> None:
    for target, seed in all_seeds():
        assert unforeseen(target, seed) is None, target.name
        if target.fixed is not None:
            assert unforeseen(target, target.fixed(seed)) is None, target.name


def test_the_weights_of_the_doors_add_up() -> None:
    assert sum(target.weight for target in TARGETS.values()) == pytest.approx(1)
    assert len(TARGETS) == 10


def test_mutations_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    target = TARGETS["json"]
    one, same, other = (Mutator(target.seeds(), target.words, seed) for seed in (1, 1, 2))
    made = [one.next() for _ in range(200)]
    assert made == [same.next() for _ in range(200)]
    assert made != [other.next() for _ in range(200)]
    assert sum(data not in target.seeds() for data in made) > 150


def test_an_error_that_is_not_the_door_s_own_is_a_find() -> None:
    """The fuzzer itself: a door that breaks at a certain byte is found to break."""

    def breaks(data: bytes) -> None:
        if b"\0" in data:
            raise KeyError("zero")

    target = TARGETS["zip"]
    door = type(target)("door", target.seeds, target.words, breaks, target.errors, 1)
    assert isinstance(unforeseen(door, b"a\0"), KeyError)
    assert unforeseen(door, b"a") is None
