"""A file with its records several times, each time with other names: to see what more of the same costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Importer
from importers.formats.sniff import Facts
from tests.importers import grown_bytes
from tests.importers.values import Text, Value, first_row, texts

_DATE = re.compile(
    r"\d{4}[-/.]\d|\d\d:\d\d|\d\d?/\d\d?/|\d{1,2} [a-zé]{3,9}\.? \d{4}|[A-Z][a-z]{2} \d|\d+\Z|BEGIN|END|VERSION"
)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_JSON = re.compile(r'[\sï»¿]*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|(?:-?\d[\d.]*|true|false|null)\s*[,\]]))')
_OF_BYTES = {
    "sqlite": grown_bytes.database,
    "xlsx": grown_bytes.workbook,
    "fit": grown_bytes.activity,
    "car": grown_bytes.repository,
}
_SHORTEST = 8
_BASE = 26


def grown(path: str, data: bytes, importer: Importer, times: int) -> bytes | None:
    """The file with its records so many times; None for one that says nothing in words: a picture, what is encrypted."""
    more = _OF_BYTES.get("car" if path.endswith(".car") else Facts(data[: 1 << 16]).shape)
    if more is not None:
        return more(data, times)
    found = texts(path, data)
    if len(found) != 1:
        return None
    text = found[0]
    start, end, joint = _records(text, importer)
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


def _records(text: Text, importer: Importer) -> tuple[int, int, str]:
    """From where to where the records stand, and what stands between two of them."""
    said = text.text
    whole = 0, len(said.rstrip("\r\n")), "\r\n" if "\r\n" in said else "\n"
    match text.shape:
        case "json-array" | "json-object" | "script" if _is_json(said):
            return _longest_list(said) or _members(said)
        case "html" if "jsonData" in said:
            return _longest_list(said) or whole
        case "csv":
            start = first_row(text, importer)
            return whole if start is None else (start, *whole[1:])
        case "xml" | "html":
            begin = re.search(r"<body[^>]*>" if text.shape == "html" else r"<(?![?!])[^>]*>", said)
            end = said.rfind("</body" if text.shape == "html" else "</")
            return (begin.end(), end, "") if begin and end > begin.end() else (*whole[:2], "")
        case _:
            return whole


def _is_json(text: str) -> bool:
    """Whether a text that begins like JSON is JSON, and not a chat or a statement in brackets."""
    return text.startswith("window.") or _JSON.match(text) is not None


def _longest_list(text: str) -> tuple[int, int, str] | None:
    """The longest list of objects, wherever it stands, else that of anything; one within another counts less."""
    opened: list[int] = []
    best: tuple[bool, float, int, int] = (False, 0, 0, 0)
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            opened.append(found.end())
        elif found[0] in "]}" and opened:
            start = opened.pop()
            inside = text[start : found.start()].strip()
            if found[0] == "]" and inside:
                weight = (found.start() - start) * 0.9 ** len(opened)
                best = max(best, (inside.startswith("{"), weight, start, found.start()))
    return (best[2], best[3], ",") if best[1] else None


def _members(text: str) -> tuple[int, int, str]:
    """What stands in the outermost object: a name may stand in it twice."""
    return text.index("{") + 1, text.rindex("}"), ","
