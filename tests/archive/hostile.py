"""Hostile archives as real bytes, one function a class; each says what a person is told about it."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.archive.building import (
    LZMA,
    STORED,
    Entry,
    end,
    end64,
    files,
    info,
    listed,
    local,
    tarred,
    texts,
    tgz,
    zip_lzma,
    zipped,
)

GOOD = Entry(b"good.txt", b"still here\n" * 30)
MIB = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """One class. ``told``: ids of sentences that a person gets; ``survives``: whether ``good.txt`` is read.

    ``make``: its file, made once; ``anew``: made again, out of what this module then holds.
    """

    name: str
    file: str
    make: Callable[[], bytes]
    anew: Callable[[], bytes]
    told: frozenset[str]
    survives: bool


CLASSES: list[Hostile] = []


def hostile(
    *told: str, file: str = "a.zip", survives: bool = False
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        CLASSES.append(Hostile(make.__name__, file, cache(make), make, frozenset(told), survives))
        return make

    return keep


def spared(*told: str, file: str = "a.zip") -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    return hostile(*told, file=file, survives=True)


# Bombs


def _zeros(mib: int) -> bytes:
    """Raw deflate of so many MiB of zeros: one block of 16, repeated."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    block = squeeze.compress(bytes(16 * MIB)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return block * (mib // 16) + b"\x03\x00"


def _gzip_of(head: bytes, mib: int) -> bytes:
    """Gzip of these bytes and then zeros; its trailer is wrong, which nobody lives to see."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    start = squeeze.compress(head) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08" + bytes(6) + b"\xff" + start + _zeros(mib) + bytes(8)


def _tgz_of_zeros() -> bytes:
    return _gzip_of(_tar_head("zeros", 320 * MIB), 320)


def _tar_head(name: str, size: int) -> bytes:
    head = bytearray(tarred((info(name, 0), b""))[:512])
    head[124:136] = b"%011o\0" % size
    return _summed(head)


@hostile("archive-bomb")
def zip_of_zeros() -> bytes:
    packed, crc = _zeros(64), zlib.crc32(bytes(64 * MIB))
    return zipped(*(Entry(b"zeros%d" % n, packed=packed, crc=crc, size=64 * MIB) for n in range(6)))


@hostile("archive-overlap")
def zip_quoted_overlap() -> bytes:
    kernel = Entry(b"kernel", bytes(2 * MIB))
    packed = local(kernel)
    body, names = b"", []
    quotes = 40
    size = len(packed) + quotes * 40
    for n in range(quotes):
        names.append(Entry(b"q%04d" % n, packed_size=size - len(body) - 36, size=2 * MIB, crc=1, offset=len(body)))
        body += local(names[-1])[:36]
    body += packed
    directory = b"".join(listed(entry, 0) for entry in names)
    return body + directory + end(quotes, len(directory), len(body))


@hostile("archive-overlap")
def zip_full_overlap() -> bytes:
    packed, crc = _zeros(16), 0
    body = local(Entry(b"kernel", packed=packed, crc=crc, size=16 * MIB))
    directory = b"".join(listed(Entry(b"m%05d" % n, packed=packed, crc=crc, size=16 * MIB), 0) for n in range(2000))
    return body + directory + end(2000, len(directory), len(body))


@spared("member-overlap")
def zip_one_overlap_in_many() -> bytes:
    entries = [GOOD, *texts(250)]
    body, directory = b"", b""
    for entry in entries:
        directory += listed(entry, len(body))
        body += local(entry)
    directory += listed(Entry(b"thief", texts(250)[-1].data, offset=len(body) - len(local(entries[-1]))), 0)
    return body + directory + end(len(entries) + 1, len(directory), len(body))


@hostile("archive-overlap")
def zip_overlaps_its_directory() -> bytes:
    data = b"x" * 4000
    entry = Entry(b"end", data, STORED, packed_size=len(data) + 40)
    return zipped(entry)


@hostile("archive-bomb", "nested-too-deep")
def zip_forty_two() -> bytes:
    floor = zipped(*(Entry(b"zeros%d" % n, bytes(16 * MIB)) for n in range(4)))
    for _ in range(2):
        floor = zipped(*(Entry(b"lib %d.zip" % n, floor) for n in range(16)))
    return zipped(
        *(Entry(b"top %d.zip" % n, floor) for n in range(16)), Entry(b"huge", packed=_zeros(400), size=400 * MIB)
    )


@hostile("nested-too-deep")
def zip_in_zip_in_zip_in_zip() -> bytes:
    data = zipped(GOOD)
    for _ in range(3):
        data = zipped(Entry(b"inner.zip", data))
    return data


@spared("nested-damaged")
def zip_with_a_trap_inside() -> bytes:
    return zipped(Entry(b"trap.zip", zip_full_overlap()), GOOD)


@hostile("archive-bomb")
def zip_with_a_packed_bomb_inside() -> bytes:
    return zipped(Entry(b"inner.tgz", _tgz_of_zeros()))


@hostile("archive-bomb", file="a.gz")
def gzip_bomb() -> bytes:
    return _gzip_of(b"", 320)


@hostile("archive-bomb", file="a.gz")
def gzip_bomb_of_many_members() -> bytes:
    return gzip.compress(bytes(20 * MIB), 9, mtime=0) * 20


@hostile("archive-bomb", file="a.tgz")
def tgz_bomb() -> bytes:
    return _tgz_of_zeros()


@hostile("archive-bomb", file="a.bz2")
def bzip2_bomb() -> bytes:
    return bz2.compress(bytes(48 * MIB)) * 7


@hostile("archive-bomb", file="a.xz")
def xz_bomb() -> bytes:
    return lzma.compress(bytes(50 * MIB), preset=0) * 7


@hostile("archive-damaged")
def zip_claims_a_million_members() -> bytes:
    return zipped(GOOD)[: -len(end(0, 0, 0))] + end(0xFFFE, len(listed(GOOD, 0)), len(local(GOOD)))


# Lies about the directory


def _with_end64(count: int, size: int, start: int, at: int | None = None) -> bytes:
    body = local(GOOD) + listed(GOOD, 0)
    record = end64(count, size, start, len(body) if at is None else at)
    return body + record + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


@hostile("archive-damaged")
def zip64_directory_of_exabytes() -> bytes:
    return _with_end64(1, 1 << 62, len(local(GOOD)))


@hostile("archive-damaged")
def zip64_start_outside() -> bytes:
    return _with_end64(1, len(listed(GOOD, 0)), 1 << 63)


@hostile("archive-damaged")
def zip64_counts_2_to_64() -> bytes:
    return _with_end64((1 << 64) - 1, len(listed(GOOD, 0)), len(local(GOOD)))


@spared("archive-odd")
def zip64_counts_too_few() -> bytes:
    return _with_end64(0, len(listed(GOOD, 0)), len(local(GOOD)))


@hostile("archive-damaged")
def zip64_locator_to_nowhere() -> bytes:
    body = local(GOOD) + listed(GOOD, 0)
    return body + b"\0" * 56 + struct.pack("<4sLQL", b"PK\x06\x07", 0, 1 << 60, 1) + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


@hostile("archive-damaged")
def zip64_asked_for_and_absent() -> bytes:
    return local(GOOD) + listed(GOOD, 0) + end(1, len(listed(GOOD, 0)), 0xFFFFFFFF)


@hostile("archive-damaged")
def zip_directory_before_the_file() -> bytes:
    return local(GOOD) + listed(GOOD, 0) + end(1, 1 << 30, 0)


@hostile("archive-damaged")
def zip_directory_of_garbage() -> bytes:
    return local(GOOD) + b"\xa5" * 46 + end(1, 46, len(local(GOOD)))


@spared("archive-odd")
def zip_directory_with_a_broken_second_entry() -> bytes:
    directory = listed(GOOD, 0) + b"\0" * 60
    return local(GOOD) + directory + end(2, len(directory), len(local(GOOD)))


@hostile("archive-damaged")
def zip_name_longer_than_the_directory() -> bytes:
    entry = bytearray(listed(GOOD, 0))
    entry[28:30] = b"\xff\xff"
    return local(GOOD) + bytes(entry) + end(1, len(entry), len(local(GOOD)))


@hostile("archive-overlap")
def zip_extra_field_longer_than_itself() -> bytes:
    wide = Entry(b"wide", b"x" * 50, size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=b"\x01\x00\xff\xff\x01")
    return zipped(GOOD, wide)


@spared("archive-odd")
def zip_two_end_records() -> bytes:
    data = zipped(GOOD)
    return data + data[-22:]


@spared("archive-odd")
def zip_end_record_inside_the_comment() -> bytes:
    body, directory = local(GOOD), listed(GOOD, 0)
    return body + directory + end(1, len(directory), len(body), comment=end(0, 0, 0))


@spared("archive-odd")
def zip_behind_another_zip() -> bytes:
    return zipped(Entry(b"first.txt", b"hidden from those who read the end")) + zipped(GOOD)


@spared("archive-odd")
def zip_data_before() -> bytes:
    return b"PK\x03\x04 and a program" + zipped(GOOD)


@spared("archive-odd")
def zip_data_after() -> bytes:
    return zipped(GOOD, after=b"hidden" * 20)


@hostile("archive-split")
def zip_of_several_disks() -> bytes:
    body, directory = local(GOOD), listed(GOOD, 0)
    return body + directory + end(1, len(directory), len(body), disk=3)


# Lies about a member


@spared("member-damaged")
def zip_wrong_crc() -> bytes:
    return zipped(Entry(b"bad", b"some text" * 99, crc=1), GOOD)


@spared("member-damaged")
def zip_unpacks_to_more_than_declared() -> bytes:
    return zipped(Entry(b"bad", b"some text" * 9999, size=10), GOOD)


@spared("member-cut")
def zip_unpacks_to_less_than_declared() -> bytes:
    return zipped(Entry(b"bad", b"some text", size=1000), GOOD)


@spared("member-damaged")
def zip_stored_with_two_sizes() -> bytes:
    return zipped(Entry(b"bad", b"some text" * 9, STORED, size=10), GOOD)


@spared("member-damaged")
def zip_deflate_of_noise() -> bytes:
    return zipped(Entry(b"bad", b"text" * 50, packed=b"\xff\xfe" * 60), GOOD)


@spared("member-cut")
def zip_deflate_cut() -> bytes:
    whole = Entry(b"bad", bytes(range(256)) * 40).packed_bytes()
    return zipped(Entry(b"bad", bytes(range(256)) * 40, packed=whole[: len(whole) // 2]), GOOD)


@spared("member-method")
def zip_deflate64() -> bytes:
    return zipped(Entry(b"bad", b"text", method=9), GOOD)


@spared("member-method")
def zip_unknown_method() -> bytes:
    return zipped(Entry(b"bad", b"text", method=77), GOOD)


@spared("member-method")
def zip_lzma_wants_four_gigabytes() -> bytes:
    return zipped(Entry(b"bad", b"text" * 99, LZMA, packed=zip_lzma(b"text" * 99, 0xFFFFFFFF)), GOOD)


@spared("member-damaged")
def zip_lzma_with_impossible_settings() -> bytes:
    return zipped(Entry(b"bad", b"text", LZMA, packed=b"\x09\x14\x05\x00" + b"\xff" * 40), GOOD)


@spared("member-damaged")
def zip_lzma_too_short() -> bytes:
    return zipped(Entry(b"bad", b"text", LZMA, packed=b"\x09"), GOOD)


@spared("member-encrypted")
def zip_encrypted() -> bytes:
    return zipped(Entry(b"bad", b"secret" * 30, flags=0x801), GOOD)


@spared("member-encrypted")
def zip_strongly_encrypted() -> bytes:
    return zipped(Entry(b"bad", b"secret" * 30, flags=0x841, method=99), GOOD)


@spared("member-odd")
def zip_two_names_for_one_member() -> bytes:
    return zipped(Entry(b"invoice.txt", b"text" * 30, local_name=b"program.exe"), GOOD)


@spared("member-overlap")
def zip_local_name_reaches_into_the_next_member() -> bytes:
    first = bytearray(local(Entry(b"a", b"x" * 20, STORED)))
    first[26:28] = (200).to_bytes(2, "little")
    body = bytes(first)
    directory = listed(Entry(b"a", b"x" * 20, STORED), 0) + listed(GOOD, len(body))
    body += local(GOOD)
    return body + directory + end(2, len(directory), len(body))


@spared("member-damaged")
def zip_offset_into_nothing() -> bytes:
    body = local(GOOD) + b"\0" * 200
    directory = listed(GOOD, 0) + listed(Entry(b"bad", b"", STORED, offset=len(body) - 150), 0)
    return body + directory + end(2, len(directory), len(body))


@spared("member-cut")
def zip_offset_outside() -> bytes:
    body = local(GOOD)
    directory = listed(GOOD, 0) + listed(Entry(b"bad", b"x", offset=0x7FFFFFFF), 0)
    return body + directory + end(2, len(directory), len(body))


@spared("member-no-file")
def zip_symlink() -> bytes:
    return zipped(Entry(b"link", b"/etc/passwd", mode=0o120777), GOOD)


@spared("member-no-file")
def zip_device() -> bytes:
    return zipped(Entry(b"disk", b"", mode=0o060666), GOOD)


@spared("member-no-file")
def zip_pipe() -> bytes:
    return zipped(Entry(b"pipe", b"", mode=0o010666), GOOD)


# Names


@spared("member-name")
def zip_climbing_name() -> bytes:
    return zipped(Entry(b"../../../../etc/cron.d/job", b"x"), GOOD)


@spared("member-name")
def zip_climbing_name_with_backslashes() -> bytes:
    return zipped(Entry(b"..\\..\\start.bat", b"x"), GOOD)


@spared("member-name")
def zip_absolute_name() -> bytes:
    return zipped(Entry(b"/etc/passwd", b"x"), GOOD)


@spared("member-name")
def zip_drive_name() -> bytes:
    return zipped(Entry(b"C:\\Windows\\win.ini", b"x"), GOOD)


@spared("member-name")
def zip_network_name() -> bytes:
    return zipped(Entry(b"\\\\host\\share\\x.png", b"x"), GOOD)


@spared("member-name")
def zip_device_name() -> bytes:
    return zipped(Entry(b"photos/NUL.txt", b"x"), GOOD)


@spared("member-name")
def zip_nul_in_name() -> bytes:
    return zipped(Entry(b"photo.jpg\0.exe", b"x"), GOOD)


@spared("member-name")
def zip_bidi_in_name() -> bytes:
    return zipped(Entry("facture\u202egpj.exe".encode(), b"x"), GOOD)


@spared("member-name")
def zip_empty_name() -> bytes:
    return zipped(Entry(b"", b"x"), GOOD)


@spared("member-name")
def zip_name_of_64_kilobytes() -> bytes:
    return zipped(Entry(b"n" * 0xFFFF, b"x"), GOOD)


@spared("member-name")
def zip_terminal_escape_in_name() -> bytes:
    return zipped(Entry(b"\x1b]0;owned\x07.txt", b"x"), GOOD)


@spared()
def zip_name_of_broken_utf8() -> bytes:
    return zipped(Entry(b"caf\xe9\xff.txt", b"x"), GOOD)


@spared("member-twice")
def zip_same_name_other_bytes() -> bytes:
    return zipped(GOOD, Entry(b"good.txt", b"something else"))


@spared("member-twice", "archive-more-notices")
def zip_same_name_two_thousand_times() -> bytes:
    return zipped(GOOD, *(Entry(b"x.txt", b"%d" % n) for n in range(2000)))


# Cut zips


@hostile("archive-damaged")
def zip_cut_in_the_end_record() -> bytes:
    return zipped(GOOD, *texts(3))[:-5]


@hostile("archive-damaged")
def zip_cut_in_the_middle() -> bytes:
    data = zipped(GOOD, *texts(30))
    return data[: len(data) // 2]


@hostile("archive-damaged")
def zip_of_four_bytes() -> bytes:
    return b"PK\x03\x04"


@hostile("archive-damaged")
def zip_without_its_beginning() -> bytes:
    data = zipped(*texts(30))
    return b"PK\x03\x04" + data[len(data) // 2 :]


# tar and gzip


@spared("member-no-file", file="a.tar")
def tar_links() -> bytes:
    good = info("good.txt", len(GOOD.data))
    return tarred(
        (info("soft", kind=tarfile.SYMTYPE, link="/etc/passwd"), b""),
        (info("hard", kind=tarfile.LNKTYPE, link="../../x"), b""),
        (good, GOOD.data),
    )


@spared("member-no-file", file="a.tgz")
def tar_devices() -> bytes:
    kinds = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    return tgz(*((info(f"d{n}", kind=kind), b"") for n, kind in enumerate(kinds)), (info("good.txt", 2), b"ok"))


@spared("member-name", file="a.tgz")
def tar_climbing_name() -> bytes:
    return tgz((info("../../x", 1), b"x"), (info("good.txt", 2), b"ok"))


@hostile("archive-cut", "member-cut", file="a.tgz")
def tar_claims_exabytes() -> bytes:
    head = bytearray(tarred((info("huge", 0), b""))[:512])
    head[124:136] = b"\x80" + (1 << 62).to_bytes(11, "big")
    return gzip.compress(_summed(head) + b"x" * 2000, mtime=0)


@hostile("archive-cut", "member-cut", file="a.tar")
def tar_claims_exabytes_unpacked() -> bytes:
    head = bytearray(tarred((info("huge", 0), b""))[:512])
    head[124:136] = b"\x80" + (1 << 62).to_bytes(11, "big")
    return _summed(head) + b"x" * 2000


@spared("archive-odd", file="a.tgz")
def tar_negative_size() -> bytes:
    head = bytearray(tarred((info("minus", 0), b""))[:512])
    head[124:136] = b"\xff" * 12
    return gzip.compress(_summed(head) + tarred((info("good.txt", 2), b"ok")), mtime=0)


@spared("archive-odd", file="a.tgz")
def tar_broken_header_between() -> bytes:
    first, second = tarred((info("one", 600), b"1" * 600))[:1536], tarred((info("good.txt", 2), b"ok"))
    return gzip.compress(first + b"\x55" * 1024 + second, mtime=0)


@spared("archive-odd", file="a.tgz")
def tar_long_name_of_gigabytes() -> bytes:
    long = bytearray(tarred((info("././@LongLink", 0, b"L"), b""))[:512])
    long[124:136] = b"%011o\0" % (2 * MIB)
    return gzip.compress(_summed(long) + bytes(2 * MIB) + tarred((info("good.txt", 2), b"ok")), mtime=0)


@spared("archive-odd", file="a.tgz")
def tar_hidden_behind_the_end() -> bytes:
    return gzip.compress(tarred((info("good.txt", 2), b"ok")) + tarred((info("late.txt", 2), b"no")), mtime=0)


@spared(file="a.tgz")
def tar_pax_records_that_lie() -> bytes:
    records = b"99999999999999999999 path=x\n-5 a=b\n7 size=\n"
    pax = (info("pax", len(records), b"x"), records)
    return tgz(pax, (info("good.txt", 2), b"ok"))


@spared("member-method", file="a.tgz")
def tar_sparse_file_of_terabytes() -> bytes:
    records = b"22 GNU.sparse.major=1\n29 GNU.sparse.realsize=9999999\n"
    return tgz((info("pax", len(records), b"x"), records), (info("sparse", 4), b"data"), (info("good.txt", 2), b"ok"))


@hostile("archive-cut", "member-cut", file="a.tgz")
def tgz_cut() -> bytes:
    data = tgz(*files(20))
    return data[: len(data) // 2 + 700]


@hostile("archive-damaged", file="a.tgz")
def tgz_cut_in_its_header() -> bytes:
    return tgz(*files(2))[:12]


@spared("archive-cut", file="a.tgz")
def tgz_wrong_crc() -> bytes:
    data = bytearray(tgz((info("good.txt", 2), b"ok")))
    data[-8] ^= 1
    return bytes(data)


@hostile("archive-damaged", file="a.tgz")
def tgz_that_is_none() -> bytes:
    return b"\x1f\x8b\x08" + b"\xff" * 300


@hostile("member-odd", file="a.csv.gz")
def gzip_with_data_after() -> bytes:
    return gzip.compress(b"a,b\n1,2\n" * 200, mtime=0) + b"hidden" * 20


@hostile("member-cut", file="a.csv.gz")
def gzip_cut() -> bytes:
    data = gzip.compress(b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") for n in range(9000)), mtime=0)
    return data[: len(data) // 2]


@hostile("archive-damaged", file="a.xz")
def xz_wants_gigabytes() -> bytes:
    body = lzma.compress(b"text" * 100, check=lzma.CHECK_NONE)
    head = bytearray(body[:24])
    head[16] = 40  # dictionary of 4 GiB
    head[20:24] = zlib.crc32(bytes(head[12:20])).to_bytes(4, "little")
    return bytes(head) + body[24:]


@spared("archive-cut", file="a.tar")
def tar_cut_in_a_header() -> bytes:
    return tarred((info("good.txt", 2), b"ok"), *files(1))[:1024] + tarred(*files(1))[:300]


def _summed(head: bytearray) -> bytes:
    """A tar header with its right check sum."""
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)
