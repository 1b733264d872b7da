"""Which names of fields may be told: those that can be no data, as far as that can be known.

A field that nobody knew is told by its name only where names are a matter of the format: beside fields that are known,
written like them, more than once, and not in a crowd. Everything else is counted, without its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from importers.formats.telling import tells

LONGEST = 60
"""Characters of a name that may be told."""

CROWD = 25
"""New names at one place from which they are taken for data: a format does not grow like that."""

FEW = 10
"""Objects at a place below which a name that stands in one of them may be told."""

_WORDY = re.compile(r"[@$_#]{0,2}[^\W\d_]\w*(?:[ .:/()$%°€'’&+-]+\w+)*[)%€$]?", re.UNICODE)
_DIGITS = re.compile(r"\d")
_MIXED = re.compile(r"[A-Za-z]\d+[A-Za-z]\d|\d[A-Za-z]+\d[A-Za-z]")

_TRAITS: tuple[Callable[[str], bool], ...] = (
    lambda name: " " in name,
    lambda name: "_" in name,
    lambda name: "-" in name,
    lambda name: "." in name,
    lambda name: ":" in name,
    lambda name: "/" in name,
    lambda name: any(char.isdigit() for char in name),
    lambda name: not name.isascii(),
    lambda name: name[:1].isupper(),
    lambda name: any(char.isupper() for char in name[1:]),
)


class Style:
    """How the known names of an importer are written."""

    def __init__(self, names: Iterable[str]) -> None:
        known = tuple(names)
        self._traits = [any(map(trait, known)) for trait in _TRAITS]

    def like(self, name: str) -> bool:
        """Whether a name is written like the known ones: no capital, space or accent where none of them has one."""
        return all(usual or not trait(name) for usual, trait in zip(self._traits, _TRAITS, strict=True))


def may_be_told(name: str) -> bool:
    """Whether a name looks like one, and not like a value, an address, a number or an id."""
    return (
        len(name) <= LONGEST
        and len(_DIGITS.findall(name)) <= 2
        and _WORDY.fullmatch(name) is not None
        and _MIXED.search(name) is None
        and not tells(name)
    )
