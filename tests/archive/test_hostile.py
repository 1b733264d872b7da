"""Every class of hostile archive ends in a verdict: at once, within bounded memory, in words that a person understands."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from tests.archive.hostile import CLASSES, Hostile
from tests.archive.variants import variants
from tests.archive.verdicts import sentences, verdict

SECONDS = 2.0
MEMORY = 80 << 20
"""Bytes beyond those of the archive itself; the reading process has 512 MiB."""


def test_there_are_at_least_sixty_classes() -> None:
    assert len(CLASSES) >= 60
    assert len({case.name for case in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("case", CLASSES, ids=lambda case: case.name)
def test_a_hostile_archive_gets_a_verdict_at_once_in_little_memory_and_in_words(case: Hostile) -> None:
    case.make()
    started = time.process_time()
    tracemalloc.start()
    try:
        told, survived = verdict(case.make(), case.file)
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < SECONDS
    assert told >= case.told
    assert survived is case.survives
    for reason in told:
        assert set(sentences()[reason]) >= {"fr", "en"}, reason


@pytest.mark.parametrize(("place", "case"), enumerate(CLASSES[::2]), ids=lambda given: getattr(given, "name", ""))
def test_a_variant_of_it_is_told_as_well(place: int, case: Hostile) -> None:
    """One of every second class, a different way each time; ``start.py promises S1 --ci`` tries twelve of each class."""
    *_, variant = variants(case, 2 + place % 12)
    started = time.process_time()
    told, survived = verdict(variant.data, variant.file)
    assert time.process_time() - started < SECONDS
    assert told >= variant.told
    assert variant.survives in {None, survived}
    assert all(set(sentences()[reason]) >= {"fr", "en"} for reason in told)


def test_variants_are_the_same_every_time_and_unlike_each_other() -> None:
    case = next(case for case in CLASSES if case.name == "zip_wrong_crc")
    made = [(variant.file, variant.data) for variant in variants(case, 13)]
    assert made == [(variant.file, variant.data) for variant in variants(case, 13)]
    assert len(set(made)) == 13
