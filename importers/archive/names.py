"""Names inside archives: data for display and matching, never paths to open."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LONGEST = 4096
"""Bytes of a name that are kept."""


def clean(name: str) -> str:
    """A member name for display: NFC, ``/`` between folders, no control or direction marks, bounded."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    return _HIDDEN.sub("", name).encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")


def folded(path: str) -> str:
    """A path for matching: no-break spaces as spaces, case folded."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", path)).casefold()


@lru_cache(maxsize=4096)
def pattern(glob: str) -> re.Pattern[str]:
    """The regular expression of a member pattern (see ``Rule.members``), for ``folded`` paths."""
    text = folded(glob).removeprefix("**/")
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(parts.get(piece) or re.escape(piece) for piece in re.split(r"(\*\*/|\*\*|\*|\?)", text) if piece)
    return re.compile(rf"(?:.*/)?{body}\Z", re.DOTALL)


def matches(path: str, *globs: str) -> bool:
    """Whether a path matches one of the patterns at its end."""
    name = folded(path)
    return any(pattern(glob).match(name) for glob in globs)
