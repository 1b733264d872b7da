"""In the reading process: about how many facts an archive holds, from the beginnings of its members.

Each importer reads the first bytes of some of its members; what it finds is scaled by their size, and members that
were not looked at are taken to be like those that were. Bounded in bytes and time, so that it stays a look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic, process_time

from importers.archive.beginning import Beginning, Beginnings
from importers.archive.errors import RefusedArchive
from importers.archive.view import View
from importers.contract import Declaration, Importer, Keep
from vault_app.intake.frames import MOST_FACTS, MOST_SERIES, Expected
from vault_app.intake.tally import FACT, PARTY, SERIES, Seen, Tally


@dataclass(frozen=True)
class Bounds:
    """How far a look goes.

    ``windows``: bytes of a member that are read; the second where the first hold next to nothing (a mail with its
    pictures). ``seconds``: processor time for one member; after twice that an importer that does not end is left.
    ``in_all``: seconds for all of them, by the clock on the wall. ``members``: how many are looked at.
    """

    windows: tuple[int, ...] = (256 << 10, 4 << 20)
    seconds: float = 0.2
    in_all: float = 1.2
    members: int = 20_000


USUAL = Bounds()
"""Together less than two seconds."""

FEW = 5
"""Facts of a beginning that are too few to be scaled."""

_RARE = 0.1
"""The part of all facts of a beginning below which few of a kind are not scaled."""

_USUAL = 100
"""Importers with a higher ``first`` bring what the others did not name: files that no message carries."""

_TRIES = 2
"""Members after which an importer that could not count them is not asked again."""


@dataclass
class _Reader:
    """The members of one importer, and what those that were looked at hold.

    ``whole``: the places of those that were read to their end. ``missed``: how many could not be counted.
    """

    importer: Importer
    members: list[int] = field(default_factory=list)
    found: dict[int, Counter[str]] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    missed: int = 0

    @property
    def late(self) -> bool:
        """Whether it brings what others left."""
        return self.importer.first > _USUAL

    @property
    def hopeless(self) -> bool:
        """Whether its members cannot be counted from their beginnings."""
        return not self.found and self.missed >= _TRIES


def estimates(archive: View, matched: Sequence[Declaration | None], bounds: Bounds = USUAL) -> Iterator[Expected]:
    """What is expected of each importer that can be asked, and of what is kept whole (reader '').

    ``matched``: for each member of the archive what reads it. Raises RefusedArchive.
    """
    readers: dict[str, _Reader] = {}
    kept: Counter[str] = Counter()
    for index, declaration in enumerate(matched):
        if isinstance(declaration, Importer):
            readers.setdefault(declaration.id, _Reader(declaration)).members.append(index)
        elif isinstance(declaration, Keep):
            kept[str(declaration.kind)] += 1
    _look(archive, readers, bounds)
    guessed = {one.importer.source for one in readers.values() if len(one.whole) < len(one.members)}
    for name, one in readers.items():
        exact = one.importer.source not in guessed
        if one.found and (exact or not one.late):
            yield _frame(name, _total(archive, one), exact=exact)
    if kept:
        yield _frame("", kept, exact=kept.total() == 1)  # of files with equal bytes one comes in


def _look(archive: View, readers: dict[str, _Reader], bounds: Bounds) -> None:
    """Read the beginnings of members, as many as the time allows."""
    beginnings = Beginnings(archive)
    seen: dict[str, Seen] = {}
    end = monotonic() + bounds.in_all
    for index, one in _in_turn(archive, readers)[: bounds.members]:
        left = end - monotonic()
        if left <= 0:
            return
        if one.hopeless:
            continue
        known = seen.setdefault(one.importer.source, Seen())
        now = process_time()
        times = (now + min(bounds.seconds, left), now + 2 * min(bounds.seconds, left))
        counts, whole = _counted(beginnings.of(archive.members[index]), one.importer, known, bounds.windows, *times)
        if counts is None:
            one.missed += 1
            continue
        one.found[index] = counts
        if whole:
            one.whole.add(index)


def _in_turn(archive: View, readers: dict[str, _Reader]) -> list[tuple[int, _Reader]]:
    """The members of all importers: the largest of each, then the second of each; at last, in the same way, those of
    importers that bring what others left."""
    order: list[tuple[tuple[bool, int, int, int], int, _Reader]] = []
    for one in readers.values():
        largest = sorted(one.members, key=lambda index: -archive.members[index].size)
        order += [((one.late, rank, one.importer.first, index), index, one) for rank, index in enumerate(largest)]
    order.sort(key=lambda entry: entry[0])
    return [(index, one) for _, index, one in order]


def _counted(
    beginning: Beginning, importer: Importer, seen: Seen, windows: Sequence[int], until: float, last: float
) -> tuple[Counter[str] | None, bool]:
    """What one member holds, None when its beginning does not tell; and whether it was read to its end.

    ``until``, ``last``: processor time at which reading ends, and at which it is given up.
    """
    archive, half = beginning.archive, (process_time() + until) / 2
    for window in windows:
        tally = Tally(seen, beginning.size)
        beginning.taken = 0
        with archive.looking(window, until, last):
            ended = _read(importer, beginning, tally, last)
        if (ended and not archive.cut) or tally.carried:
            seen.add(tally)
            return tally.counts, True
        if tally.facts >= FEW or process_time() > half:
            break
    if tally.facts < FEW or process_time() > last or not 0 < beginning.taken < beginning.size:
        return None, False
    seen.add(tally)
    counts = _nameless(tally.counts) if _sectioned(beginning.first) else tally.counts
    return _scaled(counts, beginning.size / beginning.taken), False


def _read(importer: Importer, beginning: Beginning, tally: Tally, last: float) -> bool:
    """Count the records of a beginning; returns whether the importer came to its end."""
    try:
        for record in importer.read(beginning):
            tally.take(record)
            if process_time() > last:
                return False
    except RefusedArchive:
        raise
    except Exception:  # noqa: BLE001 - an untrusted file; what is wrong with it is told when it is read
        return False
    return True


def _sectioned(first: bytes) -> bool:
    """Whether a file may hold one kind of facts after the other: a JSON object or XML, unlike a table or a list."""
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"<"}


def _nameless(counts: Counter[str]) -> Counter[str]:
    """The counts without the names of kinds and series: what comes first says nothing of what comes later."""
    told: Counter[str] = Counter()
    for name, count in counts.items():
        told[SERIES if name.startswith(SERIES) else name if name == PARTY else FACT] += count
    return told


def _scaled(counts: Counter[str], factor: float) -> Counter[str]:
    """The counts of a beginning for the whole member. What is rare among many others may stand once in each file (the
    trip of a track) and is taken as it is."""
    total = counts.total()
    scaled: Counter[str] = Counter()
    for name, count in counts.items():
        scaled[name] = round(count * factor) if count >= FEW or count >= _RARE * total else count
    return scaled


def _total(archive: View, one: _Reader) -> Counter[str]:
    """What all members of an importer hold: those that were not looked at are like those that were."""
    total: Counter[str] = Counter()
    for counts in one.found.values():
        total += counts
    others = [index for index in one.members if index not in one.found]
    if not others:
        return total
    looked, rest = _size(archive, one.found), _size(archive, others)
    for name, count in list(total.items()):
        if len(one.found) > 1 and all(counts[name] == 1 for counts in one.found.values()):
            total[name] += len(others)  # one of it in each file, whatever its size
        elif looked:
            total[name] += round(count * rest / looked)
    return total


def _size(archive: View, members: Iterable[int]) -> int:
    return sum(max(0, archive.members[index].size) for index in members)


def _frame(reader: str, counts: Counter[str], *, exact: bool) -> Expected:
    """Series beyond ``MOST_SERIES`` are counted with those that have no name."""
    kinds: dict[str, int] = {}
    series: dict[str, int] = {}
    facts = samples = parties = 0
    for name, count in counts.most_common():
        n = min(count, MOST_FACTS)
        if name == PARTY:
            parties = n
        elif name == FACT:
            facts = n
        elif not name.startswith(SERIES):
            kinds[name] = n
        elif name == SERIES or len(series) == MOST_SERIES:
            samples = min(samples + n, MOST_FACTS)
        else:
            shown = name.removeprefix(SERIES)[:200].encode("utf-8", "replace").decode()
            series[shown] = min(series.get(shown, 0) + n, MOST_FACTS)
    return Expected(reader, kinds, series, facts, samples, parties, exact)
