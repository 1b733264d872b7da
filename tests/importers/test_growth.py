"""More of the same costs as much more, and no more: work is counted, so that no clock of the wall decides.

``test_bounds.py`` asks the same of memory.
"""

from __future__ import annotations

import cProfile
import random
import time
from collections.abc import Callable

import pytest

from importers.contract import Importer
from importers.records import Notice, Samples, singly
from tests.importers.archives import NAMES, Files, files, readers, view
from tests.importers.growth import grown

SMALL, LARGE = 8, 64
MOST_WORK = 1.3
"""How much more than its share the work may be: what costs the square would be eight times it."""


def largest_samples() -> dict[str, tuple[str, str, Importer]]:
    """Of each importer the archive and the path of its largest sample."""
    found: dict[str, tuple[int, str, str, Importer]] = {}
    for name in NAMES:
        for path, importer in readers(name).items():
            size = len(files(name)[path])
            if importer.id not in found or size > found[importer.id][0]:
                found[importer.id] = (size, name, path, importer)
    return {own: (name, path, importer) for own, (_, name, path, importer) in sorted(found.items())}


LARGEST = largest_samples()

LISTS = [
    own for own, (name, path, importer) in LARGEST.items() if grown(path, files(name)[path], importer, 1) is not None
]
"""Readers of files that can be given more records; those of pictures and of what is encrypted read no record in them."""


@pytest.mark.parametrize("own", LISTS)
def test_work_grows_as_the_number_of_records(own: str) -> None:
    name, path, importer = LARGEST[own]
    sizes = [grown(path, files(name)[path], importer, times) for times in (SMALL, LARGE)]
    held = [{**files(name), path: data} for data in sizes if data is not None]
    small, large = (work(lambda one=one: consumed(one, path, importer)) for one in held)
    assert large / small <= MOST_WORK * LARGE / SMALL, (small, large)


@pytest.mark.parametrize("own", random.Random(4).sample(LISTS, 40))
def test_processor_time_is_not_the_square_of_the_size(own: str) -> None:
    """What calls no function is not counted above: of some readers, files of 200 kB and of four times that."""
    name, path, importer = LARGEST[own]
    times = max(2, 200_000 // len(files(name)[path]))
    sizes = [grown(path, files(name)[path], importer, count) for count in (times, 4 * times)]
    spent = [seconds({**files(name), path: data}, path, importer) for data in sizes if data is not None]
    assert not spent or spent[1] < 10 * max(spent[0], 0.05), spent


def consumed(held: Files, path: str, importer: Importer) -> int:
    """Read a member to its end, files and all; how many facts it gave."""
    member = next(member for member in view(held).members if member.path == path)
    count = 0
    for record in singly(importer.read(member)):
        count += len(record.start) if isinstance(record, Samples) else not isinstance(record, Notice)
        if not isinstance(record, Samples | Notice):
            for file in record.files:
                count += 0 * sum(map(len, file.pieces()))
    return count


def seconds(held: Files, path: str, importer: Importer) -> float:
    began = time.process_time()
    consumed(held, path, importer)
    return time.process_time() - began


def work(done: Callable[[], object]) -> int:
    """How many functions are called, those of Python itself too."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        done()
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())
