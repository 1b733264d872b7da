"""Zips: what is in them, what is refused, and what is said. Each test is one rule."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from importers.archive import zip_rules
from importers.archive.errors import ArchiveError, BudgetExceeded, DamagedMember, RefusedArchive
from importers.archive.parts import FilePart
from importers.archive.view import open_archive
from tests.archive.building import (
    BZIP2,
    LZMA,
    STORED,
    Entry,
    end,
    end64,
    listed,
    local,
    paths,
    reasons,
    texts,
    view,
    whole,
    zip_lzma,
    zipped,
)


def test_members_come_in_the_order_of_the_directory_with_their_bytes() -> None:
    entries = texts(20)
    found = whole(view(zipped(*entries)))
    assert list(found) == [entry.name.decode() for entry in entries]
    assert list(found.values()) == [entry.data for entry in entries]


@pytest.mark.parametrize("method", [STORED, zipfile.ZIP_DEFLATED, BZIP2, LZMA])
def test_a_zip_written_by_another_program_is_read_as_that_program_reads_it(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.mkdir("empty")
        for n in range(5):
            archive.writestr(f"dossier/été {n}.txt", f"bonjour {n} ".encode() * 5000)
    read = view(out.getvalue())
    with zipfile.ZipFile(out) as archive:
        assert whole(read) == {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    assert not read.notices


def test_a_zip_written_to_a_pipe_has_its_sizes_only_in_the_directory() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        archive.writestr("a.txt", "text" * 900)
        archive.writestr("b.txt", "more" * 900)
    read = view(bytes(pipe.data))
    assert whole(read) == {"a.txt": b"text" * 900, "b.txt": b"more" * 900}
    assert not read.notices


def test_large_sizes_and_offsets_are_taken_from_the_zip64_field() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("wide.txt", "w", force_zip64=True) as member:
        member.write(b"x" * 5000)
    entry = Entry(b"a.txt", b"text" * 30)
    wide = (8).to_bytes(2, "little")
    extra = b"\x01\x00" + wide + (len(local(entry))).to_bytes(8, "little")
    second = Entry(b"b.txt", b"more" * 30, offset=0xFFFFFFFF, extra=extra)
    body = local(entry) + local(second)
    directory = listed(entry, 0) + listed(second, 0)
    data = (
        body
        + directory
        + end64(2, len(directory), len(body), len(body) + len(directory))
        + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    )
    assert whole(view(out.getvalue())) == {"wide.txt": b"x" * 5000}
    assert whole(view(data)) == {"a.txt": b"text" * 30, "b.txt": b"more" * 30}


def test_an_empty_zip_has_no_members() -> None:
    assert view(end(0, 0, 0)).members == ()


def test_a_zip_that_is_cut_is_refused_because_its_directory_is_gone() -> None:
    with pytest.raises(RefusedArchive, match="archive-damaged"):
        view(zipped(*texts(20))[:-60])


def test_more_than_a_million_members_are_refused() -> None:
    body = local(Entry(b"a"))
    record = end64(1_000_001, 46 * 1_000_001, len(body), len(body) + 46 * 1_000_001)
    directory = listed(Entry(b"a"), 0) + bytes(46 * 1_000_001 - 47)
    with pytest.raises(RefusedArchive, match="archive-too-many"):
        view(body + directory + record + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF))


def test_more_members_than_announced_are_counted_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_rules, "MOST_MEMBERS", 50)
    directory = b"".join(listed(entry, 0) for entry in texts(60))
    with pytest.raises(RefusedArchive, match="archive-too-many"):
        view(directory + end(2, len(directory), 0), "a.zip")


def test_a_directory_of_more_than_512_mebibytes_is_refused() -> None:
    class Endless(io.RawIOBase):
        """A gigabyte of zeros with an end record behind it, without the gigabyte."""

        tail = end(9, zip_rules.LARGEST_DIRECTORY + 1, 0)
        size = zip_rules.LARGEST_DIRECTORY + 1 + len(tail)
        at = 0

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            self.at = offset
            return offset

        def read(self, size: int = -1) -> bytes:
            if self.at == 0:
                return b"PK\x03\x04"
            return (b"\0" * size + self.tail)[-size:]

    stream = Endless()
    with pytest.raises(RefusedArchive, match="archive-damaged") as refusal:
        open_archive([FilePart("a.zip", stream, stream.size)])  # type: ignore[arg-type]
    assert refusal.value.what == "directory-size"


def test_more_members_than_the_directory_has_room_for_are_refused() -> None:
    entry = Entry(b"a.txt", b"text")
    with pytest.raises(RefusedArchive, match="archive-damaged") as refusal:
        view(local(entry) + listed(entry, 0) + end(2, len(listed(entry, 0)), len(local(entry))))
    assert refusal.value.what == "directory-size"


def test_members_that_share_bytes_are_left_out_and_listed_and_the_others_are_read() -> None:
    entries = texts(300)
    body, directory = b"", b""
    for entry in entries:
        directory += listed(entry, len(body))
        body += local(entry)
    directory += listed(Entry(b"thief.txt", packed=b"x" * 50, size=50, offset=10), 0)
    read = view(body + directory + end(301, len(directory), len(body)))
    told = [path for path, notice in read.notices if notice.reason == "member-overlap"]
    assert "thief.txt" in told
    assert len(read.members) == 301 - len(told)
    assert len(whole(read)) == len(read.members)


def test_more_than_one_overlap_in_a_hundred_is_a_trap() -> None:
    entries = texts(50)
    body = b"".join(map(local, entries))
    directory = b"".join(listed(entry, 0) for entry in entries)
    with pytest.raises(RefusedArchive, match="archive-overlap"):
        view(body + directory + end(50, len(directory), len(body)))


def test_the_same_entry_twice_in_the_directory_is_one_member_and_no_overlap() -> None:
    entry = Entry(b"a.txt", b"text" * 40)
    directory = listed(entry, 0) * 2
    read = view(local(entry) + directory + end(2, len(directory), len(local(entry))))
    assert whole(read) == {"a.txt": b"text" * 40}


def test_unpacking_more_than_a_hundred_times_the_size_and_256_mebibytes_is_refused() -> None:
    read = view(zipped(Entry(b"a", bytes(3_000_000))))
    read.budget.left = 2_000_000
    with pytest.raises(BudgetExceeded, match="archive-bomb"):
        whole(read)


def test_reading_a_member_again_does_not_count_again() -> None:
    read = view(zipped(Entry(b"a", bytes(1_000_000)), Entry(b"b", bytes(1_000_000))))
    read.budget.left = 2_500_000
    for _ in range(4):
        whole(read)
    assert read.budget.left == 500_000


def test_of_a_damaged_member_what_was_read_is_given_before_it_is_said() -> None:
    data = bytes(range(256)) * 2_000
    read = view(zipped(Entry(b"bad", data, STORED, crc=7), Entry(b"good", b"fine")))
    bad, good = read.members
    pieces: list[bytes] = []
    with pytest.raises(DamagedMember) as damage:
        pieces.extend(bad.pieces())
    assert b"".join(pieces) == data
    assert damage.value.what == "crc"
    assert good.read(10) == b"fine"


def test_a_stream_read_by_numbers_of_bytes_gives_what_stands_before_the_damage() -> None:
    packed = Entry(b"x", b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") for n in range(50_000))).packed_bytes()
    read = view(zipped(Entry(b"bad", b"", packed=packed[: len(packed) // 2], size=200_000)))
    with read.members[0].open() as stream:
        assert len(stream.read(1 << 20)) > 90_000
        with pytest.raises(DamagedMember):
            stream.read(1)


def test_a_damaged_member_is_never_given_as_a_whole() -> None:
    read = view(zipped(Entry(b"bad", b"text" * 90, crc=7)))
    with pytest.raises(DamagedMember), read.members[0].open() as stream:
        stream.read()


def test_a_member_that_unpacks_to_more_than_declared_gives_what_was_declared() -> None:
    read = view(zipped(Entry(b"bad", b"0123456789", size=4, crc=zlib.crc32(b"0123"))))
    pieces: list[bytes] = []
    with pytest.raises(DamagedMember) as damage:
        pieces.extend(read.members[0].pieces())
    assert b"".join(pieces) == b"0123"
    assert damage.value.what == "size"


def test_a_member_behind_a_password_says_so() -> None:
    read = view(zipped(Entry(b"secret.txt", b"text" * 30, flags=0x801), Entry(b"open.txt", b"text")))
    secret, open_ = read.members
    with pytest.raises(DamagedMember, match="member-encrypted"):
        secret.open()
    assert open_.read(9) == b"text"


def test_lzma_is_read_within_a_dictionary_of_64_mebibytes() -> None:
    good = Entry(b"a", b"text" * 900, LZMA)
    greedy = Entry(b"b", b"text" * 900, LZMA, packed=zip_lzma(b"text" * 900, (64 << 20) + 1))
    first, second = view(zipped(good, greedy)).members
    assert first.read(9000) == b"text" * 900
    with pytest.raises(DamagedMember, match="member-method"):
        second.open()


def test_links_and_devices_are_listed_and_not_read() -> None:
    read = view(zipped(Entry(b"link", b"/etc/passwd", mode=0o120777), Entry(b"file", b"text", mode=0o100644)))
    assert paths(read) == ["file"]
    assert [(path, notice.reason) for path, notice in read.notices] == [("link", "member-no-file")]


def test_a_member_with_another_name_in_its_header_is_read_under_the_name_of_the_directory() -> None:
    read = view(zipped(Entry(b"invoice.txt", b"text", local_name=b"program.exe")))
    assert whole(read) == {"invoice.txt": b"text"}
    assert [(n.reason, n.what) for n in read.members[0].oddities] == [("member-odd", "names")]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped(Entry(b"a", b"text"), before=b"program" * 9), "data-before"),
        (zipped(Entry(b"a", b"text"), after=b"hidden" * 9), "data-after"),
        (zipped(Entry(b"a", b"text")) + end(0, 0, 0), "two-ends"),
    ],
)
def test_what_is_odd_about_a_zip_is_said_and_it_is_read(data: bytes, what: str) -> None:
    read = view(data)
    assert whole(read) == {"a": b"text"}
    assert next(notice.what for _, notice in read.notices if notice.reason == "archive-odd") == what


def test_of_two_members_with_one_name_the_second_one_gets_a_number_and_is_still_recognised() -> None:
    read = view(zipped(Entry(b"my/list.csv", b"a,b"), Entry(b"my/list.csv", b"c,d"), Entry(b"my/list.csv", b"e,f")))
    assert paths(read) == ["my/list.csv", "my/list.csv#2", "my/list.csv#3"]
    assert len(read.find("**/list.csv")) == 3
    assert reasons(read) == ["member-twice", "member-twice"]


def test_of_two_equal_members_only_the_first_one_is_there() -> None:
    read = view(zipped(Entry(b"a.csv", b"same"), Entry(b"a.csv", b"same")))
    assert paths(read) == ["a.csv"]
    assert not read.notices


def test_a_workbook_is_one_member() -> None:
    book = zipped(Entry(b"xl/workbook.xml", b"<workbook/>"), Entry(b"[Content_Types].xml", b"<Types/>"))
    for name in ("energy.xlsx", "energy.zip", "energy"):
        read = view(book, name)
        assert whole(read) == {name: book}


def test_a_larger_member_than_wanted_is_said_without_reading_it() -> None:
    with pytest.raises(ArchiveError, match="member-too-large"):
        view(zipped(Entry(b"a", b"text" * 99))).members[0].read(100)


def test_thousands_of_notices_are_counted_instead_of_kept() -> None:
    read = view(zipped(*(Entry(b"link%d" % n, b"x", mode=0o120777) for n in range(1500))))
    assert len(read.notices) == 1001
    assert read.notices[-1][1].what == "member-no-file +500"


def test_offsets_that_wrapped_at_four_gigabytes_are_unwrapped() -> None:
    """MacOS writes such zips: 32-bit offsets, and more than four gigabytes."""
    listing = b"".join(listed(Entry(b"m%d" % n, offset=at), 0) for n, at in enumerate((10, 4_000_000_000, 500)))
    found = list(
        zip_rules.entries(io.BytesIO(listing), zip_rules.Directory(0, len(listing), 3, 0, wrapped=True, odd=()))
    )
    assert [entry.offset for entry in found] == [10, 4_000_000_000, (1 << 32) + 500]
