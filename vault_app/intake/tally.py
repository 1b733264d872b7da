"""In the reading process: records counted as the vault would count them, each fact once."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Texts
from importers.records import Item, Items, Notice, Party, Record, Samples
from vault_app.intake.checks import EARLIEST, LATEST
from vault_app.intake.item_rows import digest

FACT: Final = ""
"""For facts of kinds that are not known."""

PARTY: Final = "party"
SERIES: Final = "series "
"""Before the name of a series, so that no series passes for a kind; alone where the name is not known."""

_MASK: Final = (1 << 64) - 1
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


class Seen:
    """The identities that one source has brought so far."""

    def __init__(self) -> None:
        self._digests: set[bytes] = set()
        self._samples: set[int] = set()

    def add(self, tally: Tally) -> None:
        """What was counted is known from now on."""
        self._digests |= tally.digests
        self._samples |= tally.samples

    def knows(self, identity: bytes) -> bool:
        """Whether an item or a party came before."""
        return identity in self._digests

    def new(self, samples: set[int]) -> set[int]:
        """Those that did not come before."""
        return samples - self._samples


class Tally:
    """The records of one member. ``size``: bytes of the member, -1 when unknown.

    ``counts``: those that nobody brought before, by kind, by series (``SERIES`` and its name) and parties. ``facts``:
    all of them. ``carried``: whether the one fact so far is the whole member (a photo).
    """

    def __init__(self, seen: Seen, size: int) -> None:
        self.counts: Counter[str] = Counter()
        self.facts = 0
        self.digests: set[bytes] = set()
        self.samples: set[int] = set()
        self._seen, self._size = seen, size
        self._whole, self._noticed = False, False

    @property
    def carried(self) -> bool:
        """See the class."""
        return self.facts == 1 and self._whole and not self._noticed

    def take(self, record: Record) -> None:
        """Count a record; a notice is none."""
        match record:
            case Item():
                self._whole = self._whole or any(0 < self._size == file.size for file in record.files)
                self._one(str(record.kind), digest(record.kind, record.key))
            case Items():
                for kind, key in zip(record.kind, record.key, strict=True):
                    self._one(str(kind), digest(kind, key))
            case Party():
                self._one(PARTY, digest("party", record.key))
            case Samples():
                self._many(record)
            case Notice():
                self._noticed = True

    def _one(self, name: str, identity: bytes) -> None:
        self.facts += 1
        if identity not in self.digests and not self._seen.knows(identity):
            self.digests.add(identity)
            self.counts[name] += 1

    def _many(self, samples: Samples) -> None:
        good = (samples.start >= EARLIEST) & (samples.start <= LATEST)
        self.facts += int(good.sum())
        found = self._seen.new(set(_identities(samples)[good].tolist())) - self.samples
        self.samples |= found
        self.counts[SERIES + samples.series] += len(found)


def _identities(samples: Samples) -> npt.NDArray[np.uint64]:
    """A number for each sample that is equal where all columns are, but for the incidental ones."""
    made = samples.start.astype(np.uint64) + np.uint64(hash((samples.series, samples.unit, samples.subject)) & _MASK)
    columns = {"value": samples.value, "quality": samples.quality} | dict(samples.columns)
    if samples.end is not None:
        made = made * _FACTOR ^ samples.end.astype(np.uint64)
    for name, column in columns.items():
        if column is not None and name not in samples.incidental:
            made = made * _FACTOR ^ _numbers(column)
    return made


def _numbers(column: Numbers | Texts) -> npt.NDArray[np.uint64]:
    if isinstance(column, Numbers):
        return column.mantissa.astype(np.uint64)
    words = np.array([hash(word) & _MASK for word in column.words] or [0], np.uint64)
    return words[column.codes]
