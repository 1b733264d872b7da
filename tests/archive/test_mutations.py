"""Any byte of an archive may be anything: only ArchiveError may come out, and never more than the budget."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.archive.errors import ArchiveError, RefusedArchive
from tests.archive.building import BZIP2, LZMA, STORED, Entry, files, tarred, tgz, view, zipped

TEXT = b"a line of text that packs well\n" * 40
GOOD = {
    "a.zip": zipped(
        Entry(b"one.txt", TEXT), Entry(b"two.txt", TEXT, STORED), Entry(b"three.txt", TEXT, BZIP2),
        Entry(b"four.txt", TEXT, LZMA), Entry(b"in.zip", zipped(Entry(b"five.txt", TEXT))), Entry(b"in.tgz", tgz(*files(2, 300))),
    ),
    "a.tar": tarred(*files(4, 700)),
    "a.tgz": tgz(*files(4, 700)),
    "a.gz": gzip.compress(TEXT, mtime=0),
}  # fmt: skip

CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12)
CUT = st.one_of(st.none(), st.floats(0, 1))


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, cut=CUT)
def test_only_archive_errors_come_out_of_changed_bytes(
    name: str, changes: list[tuple[float, int]], cut: float | None
) -> None:
    data = bytearray(GOOD[name])
    for place, value in changes:
        data[int(place * len(data))] = value
    if cut is not None:
        del data[int(cut * len(data)) :]
    try:
        archive = view(bytes(data), name)
    except RefusedArchive:
        return
    given = 0
    for member in archive.members:
        try:
            given += sum(map(len, member.pieces()))
        except ArchiveError:
            continue
    assert given <= 100 * len(data) + (256 << 20)
    assert archive.bytes_done <= archive.bytes_total
