r"""Two ways in which LinkedIn's tables are not CSV: ``\"`` within a field of Comments, and broken lines in Shares."""

from __future__ import annotations

import re
from typing import IO

_ESCAPED = re.compile(rb'\\"(?!"[^,\r\n])(?![,\r\n])')
_BREAK = re.compile(r'"\r?\n"')
_LINE = 1 << 20


class Doubled:
    r"""A stream whose ``\"`` are written ``""``, as CSV has it; a backslash at the very end of a field stays."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._held = b""

    def read(self, size: int, /) -> bytes:
        """The next whole lines, about so many bytes; none at the end."""
        while True:
            more = self._stream.read(size)
            data = self._held + more
            cut = data.rfind(b"\n") + 1 if more and len(data) < _LINE + size else len(data)
            self._held = data[cut:]
            if cut or not more:
                return _ESCAPED.sub(b'""', data[:cut])


def unbroken(text: str) -> str:
    """The words of a share: a line break is written as quote, break, quote, and the whole may be quoted once more."""
    found = _BREAK.sub("\n", text)
    if found != text and found.startswith('"') and found.endswith('"') and len(found) > 1:
        return found[1:-1]
    return found
