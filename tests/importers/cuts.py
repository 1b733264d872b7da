"""Files that are cut off somewhere: at which places, and whether what is left shows that something is missing."""

from __future__ import annotations

import csv
import io
import random
import re

import msgspec

from importers.formats.sniff import Facts, decode

_CLOSING = b"}] ;\r\n\t"
_MARKUP = re.compile(rb"^[^<>]*>|<[^<>]*>")


def places(name: str, data: bytes, count: int = 3) -> list[int]:
    """So many places, the same in every run: of the name and of nothing else."""
    seeded = random.Random(name)
    return [seeded.randrange(1, len(data) - 1) for _ in range(count)] if len(data) > 3 else []


def shows(path: str, data: bytes, cut: int) -> bool:
    """Whether a file that is cut there cannot be taken for a whole one. A table that ends with a row can."""
    facts, left, lost = Facts(data[: 1 << 16]), data[:cut], data[cut:]
    said = bool(_MARKUP.sub(b"", lost).strip(_CLOSING))
    shown = {
        "json-array": _is_json(data) and bool(lost.strip(_CLOSING)),
        "json-object": _is_json(data) and bool(lost.strip(_CLOSING)),
        "json-lines": not left.endswith(b"\n") and not lost.startswith(b"\n"),
        "html": b"</html" in lost and said,
        "csv": path.endswith(".csv") and _within_a_row(left, data, facts.delimiter),
        "text": data.startswith(b"window.") and bool(lost.strip(_CLOSING)),
        **dict.fromkeys(("xml", "xlsx", "zip", "sqlite", "fit"), True),
    }
    return bool(lost.strip()) and shown.get(facts.shape, False)


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _within_a_row(left: bytes, data: bytes, delimiter: str) -> bool:
    """Whether the last row lacks cells that it had, like the rows before it."""
    rows, whole = (list(csv.reader(io.StringIO(decode(one), newline=""), delimiter=delimiter)) for one in (left, data))
    at = len(rows) - 1
    if at < 2 or left.endswith(b"\n") or not any(rows[at]):
        return False
    return len(rows[at]) < len(whole[at]) == len(whole[at - 1]) == max(map(len, whole))
