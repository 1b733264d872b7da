"""The beginnings of members: bounded in bytes and in time, and honest about what was left out."""

from __future__ import annotations

import io
from time import process_time

import pytest

from importers.archive.beginning import WHOLE, Beginnings
from importers.archive.errors import ArchiveError, DamagedMember
from importers.archive.parts import FilePart
from importers.archive.view import open_archive
from tests.archive.building import Entry, files, tgz, view, zipped

LATER = process_time() + 3600
DATA = bytes(range(256)) * 40


def beginnings(data: bytes, name: str = "a.zip") -> Beginnings:
    return Beginnings(view(data, name))


@pytest.mark.parametrize(("length", "cut"), [(999, True), (len(DATA), False), (len(DATA) + 1, False)])
def test_a_member_ends_at_the_window_and_that_it_has_more_is_known(length: int, *, cut: bool) -> None:
    made = beginnings(zipped(Entry(b"x.bin", DATA)))
    (member,) = made.members
    with made.looking(length, LATER, LATER):
        with member.open() as stream:
            assert stream.read() == DATA[:length]
        assert b"".join(member.pieces()) == DATA[:length]
    assert made.cut is cut
    assert (member.taken, member.first) == (min(length, len(DATA)), DATA[:64])
    assert (member.size, member.path) == (len(DATA), "x.bin")


def test_lines_are_read_one_by_one_up_to_the_window() -> None:
    made = beginnings(zipped(Entry(b"x.txt", b"one\ntwo\nthree\n")))
    with made.looking(10, LATER, LATER), made.members[0].open() as stream:
        assert list(stream) == [b"one\n", b"two\n", b"th"]


def test_what_cannot_be_read_in_part_is_handed_out_whole_when_it_is_small_and_not_at_all_when_it_is_not() -> None:
    made = beginnings(zipped(Entry(b"small.xlsx", DATA), Entry(b"large.xlsx", bytes(WHOLE + 1))))
    small, large = made.members
    with made.looking(100, LATER, LATER):
        assert small.read(1 << 30) == DATA
        assert made.cut is False
        with pytest.raises(DamagedMember):
            small.read(10)
        with pytest.raises(DamagedMember):
            large.read(1 << 30)
        assert made.cut is True


def test_neighbours_are_beginnings_too_and_each_is_one() -> None:
    made = beginnings(zipped(Entry(b"a.csv", DATA), Entry(b"b.csv", DATA)))
    assert made.find("**/b.csv") == (made.members[1],)
    assert made.members[1].archive is made
    with made.looking(7, LATER, LATER):
        assert b"".join(made.find("**/b.csv")[0].pieces()) == DATA[:7]
    assert made.name == "a.zip"


def test_what_importers_remember_is_not_remembered_by_the_view() -> None:
    archive = view(zipped(Entry(b"a.csv", DATA)))
    made = Beginnings(archive)
    assert made.memo("who", lambda: "look") == made.memo("who", lambda: "again") == "look"
    assert archive.memo("who", lambda: "view") == "view"


def test_when_the_time_is_over_streams_end_and_none_is_opened() -> None:
    made = beginnings(zipped(Entry(b"x.bin", DATA)))
    (member,) = made.members
    with made.looking(len(DATA), LATER, LATER):
        stream = member.open()
        made.until = 0.0
        assert stream.read() == b""
        assert made.cut is True
        with pytest.raises(DamagedMember):
            member.open()
        stream.close()


def test_the_way_to_a_place_far_inside_a_packed_archive_ends_in_time() -> None:
    archive = view(tgz(*files(40, 100_000)), "a.tgz")
    made = Beginnings(archive)
    with made.looking(1000, LATER, 0.0), pytest.raises(ArchiveError, match="member-cut"):
        made.members[20].open().read()
    with made.looking(1000, LATER, LATER):
        assert len(made.members[20].open().read()) == 1000
    with archive.members[20].open() as stream:
        assert len(stream.read()) == archive.members[20].size


def test_a_damaged_member_raises_as_it_does_in_the_view() -> None:
    data = bytearray(zipped(Entry(b"x.bin", DATA, method=0)))
    data[200] ^= 1
    made = Beginnings(open_archive([FilePart("a.zip", io.BytesIO(bytes(data)), len(data))]))
    with made.looking(1 << 20, LATER, LATER), pytest.raises(DamagedMember):
        list(made.members[0].pieces())
