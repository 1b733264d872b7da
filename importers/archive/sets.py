"""Archives that come in several files: their order, and which of them are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from importers.archive import names
from importers.archive.parts import Part

_COPY = re.compile(r" ?\(\d+\)(?=\.\w+\Z)")
_NUMBERED = (
    re.compile(r"(?P<stem>.*-)(?P<number>\d{3})(?P<all>)(?P<ending>\.(?:zip|tgz|tar\.gz))\Z", re.IGNORECASE),
    re.compile(
        r"(?P<stem>.*(?:part|partie)[ _-]?)(?P<number>\d{1,4})(?:[ _-]?(?:of|sur|de)[ _-]?(?P<all>\d{1,4}))?"
        r"(?P<ending>\.(?:zip|tgz|tar\.gz))\Z",
        re.IGNORECASE,
    ),
)
"""``takeout-20240105T101112Z-003.zip``, ``photos part 2 of 5.zip``. A date at the end has two digits, not three."""

_MOST = 1000


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Parts in the order of their names and numbers, so that it does not matter how they were picked."""
    return sorted(parts, key=lambda part: names.natural(part.name))


def missing(files: Sequence[str]) -> list[str]:
    """Names of the parts that the numbering shows to be absent: those before the last one, or before the total."""
    present: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    whole: dict[tuple[str, str], int] = defaultdict(int)
    for file in files:
        name = _COPY.sub("", file)
        found = next((match for numbered in _NUMBERED if (match := numbered.match(name))), None)
        if found is None:
            continue
        series = found["stem"], found["ending"].lower()
        present[series][int(found["number"])] = name[: found.start("number")] + "{}" + name[found.end("number") :]
        whole[series] = max(whole[series], int(found["number"]), int(found["all"] or 0))
    return [
        next(iter(numbers.values())).format(str(number).zfill(_width(series[0])))
        for series, numbers in present.items()
        for number in range(1, min(whole[series], _MOST) + 1)
        if number not in numbers
    ]


def _width(stem: str) -> int:
    return 3 if stem.endswith("-") and not stem.lower().endswith("part-") else 1
