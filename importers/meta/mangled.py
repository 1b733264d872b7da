"""Text as Meta's JSON writes it: each UTF-8 byte of a letter stands as an escape of its own (``Ã©`` for ``é``).

Keys are mangled as values are. Other files of the same archive are clean, so that a text is mended only when all of it
reads as UTF-8; what has been mended once is not touched again.
"""

from __future__ import annotations

from typing import Any


def mended(text: str) -> str:
    """The text that was meant; the same text when it is not mangled."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def whole(value: Any) -> Any:
    """A JSON value with all its texts and keys mended; nothing is lost when two keys become one."""
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, list):
        return [whole(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for name, entry in value.items():
        meant = mended(name)
        kept[name if meant in kept or (meant != name and meant in value) else meant] = whole(entry)
    return kept
