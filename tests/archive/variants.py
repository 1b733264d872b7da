"""Hostile archives by the thousand: each class in many sizes, places, nestings and spellings, the same for the same seed."""

from __future__ import annotations

import gzip
import random
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.archive import building, hostile
from tests.archive.building import STORED, Entry, info, zipped
from tests.archive.hostile import CLASSES, Hostile

NAMES = {
    "a.zip": ("ARCHIVE (1).ZIP", "takeout-001.zip", "donn\u00e9es.zip"),
    "a.tar": ("A.TAR", "sauvegarde.tar"),
    "a.tgz": ("a.tar.gz", "Takeout (2).TGZ", "x.y.tgz"),
}
"""Other names of the same file."""

SURE = ("as it is", "among others", "other name")
"""Ways that change nothing about what must be told."""


@dataclass(frozen=True)
class Variant:
    """One hostile file. ``way``: what was done to its class; ``told``: sentences that must be told;
    ``survives``: whether ``good.txt`` must be read, None where that depends."""

    case: str
    way: str
    seed: int
    file: str
    data: bytes
    told: frozenset[str] = frozenset()
    survives: bool | None = None

    def __str__(self) -> str:
        return f"{self.case}, {self.way}, seed {self.seed}"


def variants(case: Hostile, count: int) -> Iterator[Variant]:
    """So many files of a class: first as it is, then every way in turn."""
    plain = case.make()
    ways = ("among others", "other name", "in a zip", "among others", "cut", "among others", "changed", "in a stored zip",
            "among others", "in a tgz", "among others", "changed")  # fmt: skip
    yield Variant(case.name, "as it is", 0, case.file, plain, case.told, case.survives)
    for seed in range(1, count):
        chance = random.Random(f"{case.name} {seed}")
        yield _made(case, plain, ways[(seed - 1) % len(ways)], seed, chance)


def _made(case: Hostile, plain: bytes, way: str, seed: int, chance: random.Random) -> Variant:
    match way:
        case "among others":
            data = _among_others(case, chance)
            return Variant(case.name, way, seed, case.file, data, case.told, case.survives)
        case "other name":
            name = chance.choice(NAMES.get(case.file, (case.file,)))
            return Variant(case.name, way, seed, name, plain, case.told, case.survives)
        case "in a zip" | "in a stored zip":
            inner = Entry(f"d/{case.file}".encode(), plain, STORED if "stored" in way else building.DEFLATE)
            around = _honest(chance, 4)
            around.insert(chance.randrange(len(around) + 1), inner)
            return Variant(case.name, way, seed, "outer.zip", zipped(*around))
        case "in a tgz":
            data = building.tgz((info("one.txt", 3), b"one"), (info(f"d/{case.file}", len(plain)), plain))
            return Variant(case.name, way, seed, "outer.tgz", data)
        case "cut":
            return Variant(case.name, way, seed, case.file, plain[: chance.randrange(1, len(plain))])
        case _:
            data = bytearray(plain)
            for _ in range(chance.randrange(1, 9)):
                data[_place(chance, len(data))] = chance.randrange(256)
            return Variant(case.name, way, seed, case.file, bytes(data))


def _place(chance: random.Random, size: int) -> int:
    """Anywhere, but more often near the beginning and the end, where headers and directories are."""
    near = min(size, 600)
    return chance.choice((chance.randrange(size), chance.randrange(near), size - 1 - chance.randrange(near)))


def _among_others(case: Hostile, chance: random.Random) -> bytes:
    """The class made anew with a larger or smaller good member, and honest members before, between and after its own."""
    good = Entry(b"good.txt", b"still here\n" * chance.randrange(1, 3000))
    with _instead(chance, good):
        return case.anew()


@contextmanager
def _instead(chance: random.Random, good: Entry) -> Iterator[None]:
    before = hostile.GOOD, hostile.zipped, hostile.tgz
    hostile.GOOD, hostile.zipped, hostile.tgz = good, _zipped(chance), _tgz(chance)
    try:
        yield
    finally:
        hostile.GOOD, hostile.zipped, hostile.tgz = before


def _zipped(chance: random.Random):
    def made(*entries: Entry, before: bytes = b"", after: bytes = b"") -> bytes:
        mixed = list(entries)
        for one in _honest(chance, chance.choice((1, 2, 9))):
            mixed.insert(chance.randrange(len(mixed) + 1), one)
        return zipped(*mixed, before=before, after=after)

    return made


def _tgz(chance: random.Random):
    def made(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
        honest = [(info(f"honest/{n}.txt", 9), b"honest.\n\n") for n in range(chance.randrange(1, 6))]
        form = chance.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
        return gzip.compress(building.tarred(*honest, *members, form=form), chance.choice((1, 6, 9)), mtime=0)

    return made


def _honest(chance: random.Random, count: int) -> list[Entry]:
    """Members that nothing is wrong with, their names in several encodings."""
    names = ("journal {}.txt", "\u00e9t\u00e9/{}.csv", "photos/\u6771\u4eac {}.jpg")
    made = []
    for number in range(count):
        name = chance.choice(names).format(number)
        old = chance.random() < 0.3 and name.isascii() is False and "\u00e9" in name
        data = chance.randbytes(chance.choice((0, 5, 700)))
        method = chance.choice((STORED, building.DEFLATE, building.BZIP2))
        made.append(Entry(name.encode("cp850" if old else "utf-8"), data, method, 0 if old else 0x800))
    return made


def all_variants(each: int) -> Iterator[Variant]:
    """``each`` files of every class."""
    for case in CLASSES:
        yield from variants(case, each)
