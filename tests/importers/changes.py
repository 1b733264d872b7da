"""Other contents for a value: of the same sort, so that it is read in the same way, and as near as can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIXED = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|&#?\w+;|=[0-9A-F]{2}|%[0-9A-Fa-f]{2}", re.DOTALL)
"""What stands for another character: it is not changed."""


def changes(text: str) -> Iterator[str]:
    """First a digit that is another, from the end; then another letter; then a longer text."""
    if text in {"true", "false"}:
        yield "false" if text == "true" else "true"
        return
    fixed = {place for found in _FIXED.finditer(text) for place in range(found.start(), found.end())}
    free = [at for at in range(len(text)) if at not in fixed and text[at].isascii()]
    digits = [at for at in reversed(free) if text[at].isdigit()]
    letters = [at for at in free if text[at].isalpha()]
    places = [at for at in digits if text[at] != "0"][:3] + [at for at in digits if text[at] == "0"][:1]
    places += letters[-1:] + letters[len(letters) // 2 : len(letters) // 2 + 1]
    for at in places:
        yield text[:at] + _other(text[at]) + text[at + 1 :]
    yield text + ("1" if text[-1:].isdigit() else "x")


def other_value(value: object) -> Iterator[object]:
    """Other contents for a value of a database."""
    if isinstance(value, int | float):
        yield value + 1
        yield value - 1
        yield value + 2_000_000
    elif isinstance(value, bytes):
        yield value[:-1] + bytes([value[-1] ^ 1])
    else:
        yield from changes(str(value))


def _other(char: str) -> str:
    if char.isdigit():
        return {"0": "1", "1": "2"}.get(char) or str(int(char) - 1)
    return {"z": "y", "Z": "Y"}.get(char) or chr(ord(char) + 1)
