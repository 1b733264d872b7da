"""The fields that are known of each importer: those of its invented samples, and the names that its code speaks of.

``known.json`` is made by ``pytest tests/drift/test_known.py --regenerate`` and holds one importer a line. It is data
about formats; nothing in it comes from a person.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).with_suffix(".json")


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Objects at one place of a file (``messages[]``), rows of a table ('') or elements (``<Record>``).

    ``names``: of their fields. ``always``: those that every sample has and the code speaks of. ``free``: the names are
    data themselves (a map from people to things), or nobody knows: none of them is ever told.
    """

    names: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
    free: bool = False


class Reader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of an importer. ``package``: whose words its code speaks."""

    package: str
    places: dict[str, Place]


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words``: by package, the names that its code speaks of. ``readers``: by id of the importer."""

    words: dict[str, frozenset[str]]
    readers: dict[str, Reader]


@cache
def known() -> Known:
    """The content of the file. Raises OSError, and msgspec.DecodeError when it is not of this version."""
    return msgspec.json.decode(FILE.read_bytes(), type=Known)
