"""More of the same costs as much more, and no more: work is counted, so that no clock of the wall decides.

Single tests of families and ``start.py perf`` measure memory; here is asked that no reader takes a file whole without
a bound.
"""

from __future__ import annotations

import cProfile
import random
import time
from collections.abc import Callable

import pytest

from importers.archive.member import ViewMember
from importers.contract import Importer
from importers.records import Notice, Samples, singly
from tests.importers.archives import NAMES, Files, files, readers, view
from tests.importers.growth import grown

SMALL, LARGE = 8, 64
MOST_WORK = 1.3
"""How much more than its share the work may be: what costs the square would be eight times it."""

WHOLE = 128 << 20
"""Bytes that a reader may ask for at once."""


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


@pytest.mark.parametrize("own", LARGEST)
def test_work_grows_as_the_number_of_records(own: str) -> None:
    name, path, importer = LARGEST[own]
    sizes = [grown(path, files(name)[path], importer, times) for times in (SMALL, LARGE)]
    if sizes[0] is None or sizes[1] is None:
        assert not is_a_list(name, path), "its records can be repeated"
        return
    held = [{**files(name), path: data} for data in sizes if data is not None]
    small, large = (work(lambda one=one: consumed(one, path, importer)) for one in held)
    assert large / small <= MOST_WORK * LARGE / SMALL, (small, large)


@pytest.mark.parametrize("own", random.Random(4).sample(sorted(LARGEST), 40))
def test_processor_time_is_not_the_square_of_the_size(own: str) -> None:
    """What calls no function is not counted above: of some readers, files of 200 kB and of four times that."""
    name, path, importer = LARGEST[own]
    times = max(2, 200_000 // len(files(name)[path]))
    sizes = [grown(path, files(name)[path], importer, count) for count in (times, 4 * times)]
    spent = [seconds({**files(name), path: data}, path, importer) for data in sizes if data is not None]
    assert not spent or spent[1] < 10 * max(spent[0], 0.05), spent


def test_most_readers_are_asked_for_more_records() -> None:
    more = [
        own
        for own, (name, path, importer) in LARGEST.items()
        if (data := grown(path, files(name)[path], importer, 3)) is not None
        and consumed({**files(name), path: data}, path, importer) > consumed(files(name), path, importer)
    ]
    assert len(more) > 330


def test_no_reader_takes_a_file_whole_without_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    plainly: Callable[[ViewMember, int], bytes] = ViewMember.read

    def noted(member: ViewMember, limit: int) -> bytes:
        asked.append(limit)
        return plainly(member, limit)

    monkeypatch.setattr(ViewMember, "read", noted)
    most: dict[str, int] = {}
    for own, (name, path, importer) in LARGEST.items():
        asked.clear()
        consumed(files(name), path, importer)
        most[own] = max(asked, default=0)
    assert {own: limit for own, limit in most.items() if limit > WHOLE} == {}
    assert sum(limit > 0 for limit in most.values()) > 20, "some do, so that this test sees them"


def is_a_list(name: str, path: str) -> bool:
    """Whether a JSON file is a list of objects: such a one must have been repeated."""
    return files(name)[path].lstrip().startswith(b"[{")


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
