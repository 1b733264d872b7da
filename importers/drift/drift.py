"""How far an archive is from what an importer knows, without a value of the archive."""

from __future__ import annotations

import msgspec

TYPES = ("text", "number", "yes-no", "object", "list", "nothing", "mixed")
"""What a new field holds."""


class New(msgspec.Struct, frozen=True):
    """A field that was not known. ``name`` '': it is not told, as it might be data; then ``count`` is of such names.

    ``place``: where it stands, by known names. ``type``: text, number, yes-no, object, list, nothing, mixed.
    ``count``: objects that have it, rounded down to 1, 10, 100, ...
    """

    place: str
    name: str
    type: str
    count: int


class Missing(msgspec.Struct, frozen=True):
    """A field that every sample has, and nothing of this archive."""

    place: str
    name: str


class Drift(msgspec.Struct, frozen=True):
    """How far an archive is from what an importer knows. ``members``: how many of its files were looked at."""

    reader: str
    members: int
    new: tuple[New, ...]
    missing: tuple[Missing, ...]
