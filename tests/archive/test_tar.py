"""Tars, packed and not: one pass to list, forward to read, and no start over for every member."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile

import pytest

from importers.archive import forward
from importers.archive.errors import DamagedMember
from importers.archive.parts import FilePart
from importers.archive.view import View, open_archive
from tests.archive.building import files, info, paths, reasons, tarred, tgz, view, whole

FILES = files(30)
WANTED = {header.name: data for header, data in FILES}


class Counted(io.BytesIO):
    """A file that knows how many of its bytes were read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def counted(data: bytes, name: str = "a.tgz") -> tuple[View, Counted]:
    stream = Counted(data)
    return open_archive([FilePart(name, stream, len(data))]), stream


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.tar", bytes),
        ("a.tgz", gzip.compress),
        ("a.tar.bz2", bz2.compress),
        ("a.tar.xz", lzma.compress),
        ("download", gzip.compress),
    ],
)
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_is_read_whatever_it_is_packed_with(name: str, pack: object, form: int) -> None:
    read = view(pack(tarred(*FILES, form=form)), name)  # type: ignore[operator]
    assert whole(read) == WANTED
    assert not read.notices


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_and_accented_names_are_whole(form: int) -> None:
    name = "dossier/" * 30 + "été à la plage.txt"
    assert whole(view(gzip.compress(tarred((info(name, 4), b"text"), form=form)), "a.tgz")) == {name: b"text"}


def test_reading_all_members_in_order_unpacks_the_file_once_more_than_listing_it() -> None:
    data = tgz(*files(200))
    read, stream = counted(data)
    listing = stream.taken
    whole(read)
    assert stream.taken - listing < 2 * len(data)


def test_reading_each_member_twice_in_a_row_does_not_start_over() -> None:
    """A document is read once for its identity and once to be kept."""
    data = tgz(*files(200))
    read, stream = counted(data)
    listing = stream.taken
    for member in read.members:
        assert b"".join(member.pieces()) == b"".join(member.pieces())
    assert stream.taken - listing < 60 * len(data) // 10 + 200 * (1 << 17)


def test_two_members_read_by_turns_each_give_their_own_bytes() -> None:
    read = view(tgz(*FILES), "a.tgz")
    first, second = read.members[3].open(), read.members[20].open()
    got: list[list[bytes]] = [[], []]
    for _ in range(40):
        got[0].append(first.read(100))
        got[1].append(second.read(100))
    assert [b"".join(pieces) for pieces in got] == [FILES[3][1], FILES[20][1]]


def test_going_back_far_in_a_large_file_comes_back_to_a_place_near_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forward, "_NEAREST", 1 << 17)
    data = tgz(*files(10, 200_000))
    read, stream = counted(data)
    whole(read)
    before = stream.taken
    assert read.members[6].read(300_000) == files(10, 200_000)[6][1]
    assert stream.taken - before < len(data) // 2


def test_a_tgz_that_is_cut_gives_all_that_stands_before_the_cut_and_says_so() -> None:
    data = tgz(*FILES)
    read = view(data[: len(data) // 2], "a.tgz")
    assert 10 < len(read.members) < 30
    assert reasons(read) == ["archive-cut"]
    *good, last = read.members
    assert {member.path: member.read(9000) for member in good} == dict(list(WANTED.items())[: len(good)])
    with pytest.raises(DamagedMember, match="member-cut"):
        last.read(9000)


def test_a_tar_that_is_cut_says_so_as_well() -> None:
    data = tarred(*FILES)
    read = view(data[:50_000], "a.tar")
    assert reasons(read) == ["archive-cut"]
    with pytest.raises(DamagedMember, match="member-cut"):
        read.members[-1].read(9000)


def test_links_and_devices_are_listed_and_not_read() -> None:
    kinds = {"soft": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "disk": tarfile.BLKTYPE, "pipe": tarfile.FIFOTYPE}
    members = [(info(name, kind=kind, link="x"), b"") for name, kind in kinds.items()]
    read = view(tgz(*members, (info("file", 4), b"text"), (info("folder", kind=tarfile.DIRTYPE), b"")), "a.tgz")
    assert whole(read) == {"file": b"text"}
    assert [(path, notice.reason) for path, notice in read.notices] == [(name, "member-no-file") for name in kinds]


def test_a_broken_header_costs_its_member_and_not_those_behind() -> None:
    data = bytearray(tarred(*FILES))
    data[3584 + 10] ^= 0xFF
    read = view(gzip.compress(bytes(data)), "a.tgz")
    assert paths(read) == [name for name in WANTED if name != FILES[1][0].name]
    assert reasons(read) == ["archive-odd"]


def test_a_tgz_of_several_packed_streams_is_one() -> None:
    data = tarred(*FILES)
    read = view(b"".join(gzip.compress(data[at : at + 7000]) for at in range(0, len(data), 7000)) + bytes(100), "a.tgz")
    assert whole(read) == WANTED
    backwards = {member.path: member.read(9000) for member in reversed(read.members)}
    assert backwards == WANTED


def test_a_lone_packed_file_is_one_member_of_unknown_size() -> None:
    read = view(gzip.compress(b"a,b\n1,2\n"), "liste.csv.gz")
    assert [(member.path, member.size) for member in read.members] == [("liste.csv", -1)]
    assert whole(read) == {"liste.csv": b"a,b\n1,2\n"}
    assert whole(read) == {"liste.csv": b"a,b\n1,2\n"}


def test_a_lone_packed_file_of_several_streams_is_read_to_its_end() -> None:
    read = view(gzip.compress(b"one") + gzip.compress(b"two"), "a.txt.gz")
    assert whole(read) == {"a.txt": b"onetwo"}


def test_of_equal_members_of_two_parts_only_the_first_one_is_there() -> None:
    parts = [
        FilePart(name, io.BytesIO(data), len(data))
        for name, data in (("x-001.tgz", tgz(*FILES)), ("x-002.tgz", tgz(*FILES[:5])))
    ]
    assert len(open_archive(parts).members) == 30
