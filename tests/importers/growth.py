"""A file with its records several times, each time with other names: to see what more of the same costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Importer
from tests.importers.values import Text, Value, first_row, texts

_DATE = re.compile(
    r"\d{4}[-/.]\d|\d\d:\d\d|\d\d?/\d\d?/|\d{1,2} [a-zé]{3,9}\.? \d{4}|[A-Z][a-z]{2} \d|\d+\Z|BEGIN|END|VERSION"
)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_SHORTEST = 8
_BASE = 26


def grown(path: str, data: bytes, importer: Importer, times: int) -> bytes | None:
    """The file with its records so many times; None for one that holds no list of records as text."""
    found = texts(path, data)
    text = found[0] if len(found) == 1 and not found[0].inside else None
    span = _records(text, importer) if text is not None else None
    if text is None or span is None:
        return None
    start, end, joint = span
    inside = [value for value in text.values(importer) if start <= value.start and value.end <= end]
    copies = joint.join("".join(_copy(text.text, start, end, inside, number)) for number in range(times))
    return text.with_change(Value(start, end, text.text[start:end]), copies)


def _copy(text: str, start: int, end: int, inside: list[Value], number: int) -> Iterator[str]:
    for value in inside:
        yield text[start : value.start]
        yield _renamed(value.text, number) if number else value.text
        start = value.end
    yield text[start:end]


def _renamed(text: str, number: int) -> str:
    """Another name or identifier of the same sort; short words and dates stay, as they say what a record is."""
    letters = [at for at, char in enumerate(text) if char.isascii() and char.isalpha()]
    if len(text) < _SHORTEST or len(letters) < 3 or _DATE.match(text) or _DATE.search(text):
        return text
    mark = ""
    for _ in range(3):
        number, digit = divmod(number, _BASE)
        mark += chr(ord("a") + digit)
    return text[: letters[-1]] + mark + text[letters[-1] + 1 :]


def _records(text: Text, importer: Importer) -> tuple[int, int, str] | None:
    """From where to where the records stand, and what stands between two of them."""
    said = text.text
    match text.shape:
        case "json-array" | "json-object" | "script":
            return _longest_list(said)
        case "csv":
            start = first_row(text, importer)
            return None if start is None else (start, len(said.rstrip("\r\n")), "\r\n" if "\r\n" in said else "\n")
        case "xml" | "html":
            begin = re.search(r"<body[^>]*>" if text.shape == "html" else r"<(?![?!])[^>]*>", said)
            end = said.rfind("</body" if text.shape == "html" else "</")
            return (begin.end(), end, "") if begin and end > begin.end() else None
        case "text" | "json-lines":
            return 0, len(said.rstrip("\n")), "\n"
        case _:
            return None


def _longest_list(text: str) -> tuple[int, int, str] | None:
    """The longest list of objects, wherever it stands; a list within one counts less than the one around it."""
    opened: list[int] = []
    best: tuple[float, int, int] = (0, 0, 0)
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            opened.append(found.end())
        elif found[0] in "]}" and opened:
            start = opened.pop()
            if found[0] == "]" and text[start : found.start()].lstrip().startswith("{"):
                best = max(best, ((found.start() - start) * 0.9 ** len(opened), start, found.start()))
    return (best[1], best[2], ",") if best[0] else None
