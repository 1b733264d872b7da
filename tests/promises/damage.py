"""R6: bytes of a vault are changed, moved, cut, added or put back; verification must find each, and show nothing false.

Tried on the files that hold something: both headers, the database, the packs. The letter to the finder, the lock and
the reserve hold nothing and are proven by nobody.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.promises.laboratory import Failed, apart, be_cheap, scratch
from tests.promises.look import enter, picture
from tests.promises.workloads import attach, begin, found, write_items
from vault_app.vault import header

PAGE = 8192

GENUINE = {"one page of before"}
"""Bytes that were right once: no page betrays them, so only Verify tells them from those of now."""


@dataclass
class Found:
    """How many damages of each kind were tried; how they were found; how many of a kind showed something else before
    Verify; and what was not found, or showed what nobody ever wrote."""

    tried: dict[str, int] = field(default_factory=dict)
    how: dict[str, int] = field(default_factory=dict)
    otherwise: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """``how`` a damage came out; ``otherwise``: whether the vault showed something else than it holds before Verify."""

    how: str
    otherwise: bool


@dataclass(frozen=True)
class _Vaults:
    """The vault as it is now and as it was before its last import; ``seen``: what it shows."""

    now: Path
    before: Path
    code: str
    seen: str


def damages(each: dict[str, int], seed: int) -> Found:
    """Try so many of each kind; runs in a process of the laboratory."""
    where = scratch()
    result = where / "found"

    def work() -> None:
        be_cheap()
        result.write_text(json.dumps(asdict(_damages(_make(where), each, seed, where / "try"))), encoding="utf-8")

    try:
        if apart(work, where / "said"):
            raise Failed((where / "said").read_text("utf-8"))
        return Found(**json.loads(result.read_text("utf-8")))
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _make(where: Path) -> _Vaults:
    now = where / "now"
    vault, code = found(now)
    for number in (1, 2):
        writer = begin(vault, f"{number}.zip")
        write_items(writer, 20 * number, 15)
        attach(writer, number, 66_000)
        writer.complete()
        vault.close()
        if number == 1:
            shutil.copytree(now, where / "before")
            vault = enter(now, code)
    vault = enter(now, code)
    seen = picture(vault)
    vault.close()
    return _Vaults(now, where / "before", code, seen)


def _damages(vaults: _Vaults, each: dict[str, int], seed: int, place: Path) -> Found:
    found = Found()
    for kind, count in each.items():
        for number in range(count):
            chance = random.Random(f"{seed} {kind} {number}")
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(vaults.now, place)
            what = KINDS[kind](vaults, place, chance)
            seen = _seen(place, vaults)
            found.how[seen.how] = found.how.get(seen.how, 0) + 1
            if seen.otherwise:
                found.otherwise[kind] = found.otherwise.get(kind, 0) + 1
            if seen.how == "not found" or (seen.otherwise and kind not in GENUINE):
                found.missed.append(f"{kind} {number} ({what}): {seen}")
        found.tried[kind] = count
    return found


def _seen(place: Path, vaults: _Vaults) -> Seen:
    """What the vault makes of a damage: at opening, at Verify, and on the screen before anybody verifies."""
    try:
        copies = header.read(place)
        healed = len(copies) < len(header.NAMES) or copies[0].content != copies[1].content
        vault = enter(place, vaults.code)
    except Exception:  # noqa: BLE001 - it does not open: found
        return Seen("refused at opening", otherwise=False)
    try:
        try:
            otherwise = picture(vault) != vaults.seen
        except Exception:  # noqa: BLE001 - not readable is not false
            otherwise = False
        if vault.verify().problems:
            return Seen("found by Verify", otherwise)
    finally:
        vault.leave()
    return Seen("healed at opening" if healed and not otherwise else "not found", otherwise)


def _file(place: Path, chance: random.Random) -> Path:
    files = sorted(path for path in place.rglob("*") if path.suffix in {".db", ".pack", ".a", ".b"})
    return chance.choice(files)


def _database(place: Path) -> Path:
    return next(place.glob("vault-*.db"))


def _flip(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    path = _file(place, chance)
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content) * 8)
    content[at // 8] ^= 1 << at % 8
    path.write_bytes(content)
    return f"{path.suffix}, bit {at}"


def _swap_pages(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    path = _database(place)
    content = bytearray(path.read_bytes())
    one, two = chance.sample(range(len(content) // PAGE), 2)
    first = content[one * PAGE : (one + 1) * PAGE]
    content[one * PAGE : (one + 1) * PAGE] = content[two * PAGE : (two + 1) * PAGE]
    content[two * PAGE : (two + 1) * PAGE] = first
    path.write_bytes(content)
    return f"pages {one} and {two}"


def _cut(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    path = _file(place, chance)
    size = path.stat().st_size
    if path.suffix == ".db" and chance.random() < 0.5:
        size = size // PAGE * PAGE
        kept = size - PAGE * chance.randint(1, size // PAGE - 1)
    else:
        kept = chance.randrange(size)
    path.write_bytes(path.read_bytes()[:kept])
    return f"{path.suffix} of {size} bytes to {kept}"


def _append(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    path = _file(place, chance)
    more = chance.choice((1, 100, 512, PAGE, 3 * PAGE))
    path.write_bytes(path.read_bytes() + chance.randbytes(more))
    return f"{path.suffix}, {more} bytes more"


def _replay_page(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    path, old = _database(place), _database(vaults.before).read_bytes()
    content = bytearray(path.read_bytes())
    pages = range(1, min(len(content), len(old)) // PAGE)
    other = [n for n in pages if content[n * PAGE : (n + 1) * PAGE] != old[n * PAGE : (n + 1) * PAGE]]
    page = chance.choice(other)
    content[page * PAGE : (page + 1) * PAGE] = old[page * PAGE : (page + 1) * PAGE]
    path.write_bytes(content)
    return f"page {page}"


def _swap_packs(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    one, two = chance.sample(sorted((place / "packs").iterdir()), 2)
    first, second = bytearray(one.read_bytes()), bytearray(two.read_bytes())
    size = len(first) if chance.random() < 0.2 else chance.randrange(16, min(len(first), len(second)))
    one.write_bytes(bytes(second[:size] + first[size:]) if size < len(first) else bytes(second))
    two.write_bytes(bytes(first[:size] + second[size:]) if size < len(first) else bytes(first))
    return f"first {size} bytes of two packs"


def _older_header(vaults: _Vaults, place: Path, chance: random.Random) -> str:
    names = [("header.a",), ("header.b",), header.NAMES][chance.randrange(3)]
    for name in names:
        (place / name).write_bytes((vaults.before / name).read_bytes())
    return " ".join(names)


KINDS: dict[str, Callable[[_Vaults, Path, random.Random], str]] = {
    "bit flip": _flip,
    "page swap": _swap_pages,
    "cut": _cut,
    "append": _append,
    "one page of before": _replay_page,
    "pack swap": _swap_packs,
    "older header": _older_header,
}


def split(count: int, flips: int, parts: int) -> list[dict[str, int]]:
    """So many of each kind, more of the first, cut for many workers."""
    whole = Counter(dict.fromkeys(KINDS, count) | {"bit flip": flips})
    return [{kind: -(-n // parts) for kind, n in whole.items()} for _ in range(parts)]
