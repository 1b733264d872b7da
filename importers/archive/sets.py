"""Archives that come in several files: which belong together, their order, and which of them are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.archive import names
from importers.archive.parts import Part

_COPY = re.compile(r" ?\(\d+\)(?=\.\w+\Z)")
_NUMBERED = (
    re.compile(
        r"(?P<stem>(?P<set>takeout-\d{8}T\d{6}Z)(?:-\d+)?-)(?P<number>\d{3})\.(?P<ending>zip|tgz)\Z", re.IGNORECASE
    ),
    re.compile(
        r"(?P<stem>(?P<set>.*)(?<![a-z])part[ _-]?)(?P<number>\d{1,3})(?:[ _-]of[ _-](?P<all>\d{1,3}))?"
        r"\.(?P<ending>zip|tgz)\Z",
        re.IGNORECASE,
    ),
)
"""``takeout-20240105T101112Z-3-001.zip`` (Google; the number between is newer), ``iCloud Photos Part 2 of 5.zip``
(Apple), ``camille_20240105_part_1.zip`` (Meta)."""


@dataclass(frozen=True)
class Numbered:
    """A file name that says it is one part of a set. ``all``: number of parts, 0 when the name does not say."""

    set: str
    stem: str
    number: int
    all: int
    template: str

    def named(self, number: int) -> str:
        """The name of another part of the set."""
        width = self.template.count("?")
        return self.template.replace("?" * width, str(number).zfill(width))


def numbered(file: str) -> Numbered | None:
    """What a file name says about the set that it is part of; None for a file that stands alone."""
    name = _COPY.sub("", file)
    found = next((match for numbering in _NUMBERED if (match := numbering.match(name))), None)
    if found is None or "?" in name:
        return None
    width = len(found["number"]) if found["number"].startswith("0") else 1
    whole = int(found.groupdict().get("all") or 0)
    template = f"{name[: found.start('number')]}{'?' * width}{name[found.end('number') :]}"
    ending = found["ending"].lower()
    series = f"{found['set'].casefold()} {whole} {ending}"
    return Numbered(series, f"{found['stem'].casefold()} {whole} {ending}", int(found["number"]), whole, template)


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Parts in the order of their names and numbers, so that it does not matter how they were picked."""
    return sorted(parts, key=lambda part: names.natural(part.name))


def missing(files: Sequence[str]) -> list[str]:
    """Names of the parts that the numbering shows to be absent: those before the last one, or up to the total."""
    series: dict[str, list[Numbered]] = defaultdict(list)
    for file in files:
        found = numbered(file)
        if found is not None:
            series[found.stem].append(found)
    return [name for parts in series.values() for name in _missing(parts)]


def _missing(parts: list[Numbered]) -> Iterator[str]:
    present = {part.number for part in parts}
    for number in range(1, max(*present, parts[0].all) + 1):
        if number not in present:
            yield parts[0].named(number)
