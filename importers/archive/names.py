"""Names inside archives: data for display and matching, never paths to open."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MISLEADING = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_AGAIN = re.compile(r"(\.\w+)#\d+\Z")
_NUMBER = re.compile(r"(\d+)")

LONGEST = 4096
"""Bytes of a name that are kept."""

_OLD_CODECS = ("cp850", "cp1252", "cp437")
"""Code pages that old programs wrote names in: the console of a western European PC, its windows, and the one that
the format names. In this order where names say nothing for either."""

_LIKELY = frozenset("àâäçéèêëîïôöùûüÿœæñáíóúßåøãõìòÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆÑÁÍÓÚÅØ’«»°€–")
_UNLIKELY = re.compile("[\u2500-\u25ff\u0370-\u03ff\u2200-\u22ff¡-§©-¯±-¶¸-º¼-¿ƒ‡ˆ‰‹›†•˜™š-žŠŽÝÞðýþ÷×‚„…¨]")

for _codec in _OLD_CODECS:
    codecs.lookup(_codec)  # loaded now: later the reading process can open nothing


def clean(name: str) -> str:
    """A member name for display: NFC, ``/`` between folders, no control or direction marks, bounded."""
    if name.isascii() and name.isprintable() and len(name) <= LONGEST and "\\" not in name:
        return name
    name = unicodedata.normalize("NFC", name[: 4 * LONGEST].replace("\\", "/"))
    return _HIDDEN.sub("", name).encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore")


def suspicious(name: str) -> bool:
    """Whether a name would do harm if it were used as a path, or hides what it is. Here it is only shown."""
    if not name or len(name) > LONGEST or (not name.isprintable() and _MISLEADING.search(name) is not None):
        return True
    if "\\" in name:
        name = name.replace("\\", "/")
    if name[0] == "/" or name[1:2] == ":" or (".." in name and ".." in name.split("/")):
        return True
    return name.rpartition("/")[2].partition(".")[0].lower() in _DEVICES


def old_codec(names: Iterable[bytes]) -> str:
    """The code page that reads most like words, for names that are neither ASCII nor UTF-8 nor say what they are.

    The names of one archive are judged together: a single letter decides nothing, a folder of French titles does.
    """
    sample = b"/".join(names)[: 1 << 20]

    def likeness(codec: str) -> int:
        text = sample.decode(codec, "replace")
        words = sum(text.count(letter) for letter in _LIKELY)
        return words - 2 * len(_UNLIKELY.findall(text)) - 4 * text.count("\ufffd")

    return max(_OLD_CODECS, key=likeness)


def folded(path: str) -> str:
    """A path for matching: no-break spaces as spaces, case folded, without the number of a second member."""
    if "#" in path:
        path = _AGAIN.sub(r"\1", path)
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", _SPACES.sub(" ", path)).casefold()


def natural(name: str) -> tuple[object, ...]:
    """An order of file names in which part 10 comes after part 9."""
    pieces = _NUMBER.split(folded(name))
    return tuple((int(piece[:18]) if at % 2 else 0, piece) for at, piece in enumerate(pieces))


@cache
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
