"""Files as a head, records and a tail: to write a file again with some of its records, or with a broken one more.

In a broken record no number can be read, in a row of a table no date; in JSON and vCard the record itself is broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec

_DIGIT = re.compile(rb"\d")
_DATE = re.compile(rb"\d{2,4}[-/.]\d{2}[-/.]\d{2,4}")
_RECORDS = {
    ".html": re.compile(rb'<div class="outer-cell.*?(?=<div class="outer-cell|</div></div></body>|\Z)', re.DOTALL),
    ".xml": re.compile(rb"^    <Record .*?(?=^    <|^</)", re.MULTILINE | re.DOTALL),
    ".gpx": re.compile(rb"<wpt.*?</wpt>\s*", re.DOTALL),
    ".ics": re.compile(rb"BEGIN:VEVENT.*?END:VEVENT\r?\n", re.DOTALL),
    ".vcf": re.compile(rb"BEGIN:VCARD.*?END:VCARD\r?\n", re.DOTALL | re.IGNORECASE),
}


@dataclass(frozen=True)
class Sliced:
    """A file in pieces. ``joint`` stands between two records."""

    head: bytes
    records: tuple[bytes, ...]
    joint: bytes
    tail: bytes

    def whole(self, records: tuple[bytes, ...]) -> bytes:
        """The file with these records."""
        return self.head + self.joint.join(records) + self.tail

    def halves(self) -> tuple[bytes, bytes]:
        """The first and the last two thirds of the records."""
        third = max(1, len(self.records) // 3)
        return self.whole(self.records[: len(self.records) - third]), self.whole(self.records[third:])

    def broken(self, suffix: str) -> bytes:
        """The file with one record more in its middle, which cannot be read."""
        middle = len(self.records) // 2
        return self.whole((*self.records[:middle], self._unreadable(suffix), *self.records[middle:]))

    def _unreadable(self, suffix: str) -> bytes:
        if suffix == ".json":
            return b'{"time": tru}'
        if suffix == ".gpx":
            return b'<trk><trkseg><trkpt lat="##" lon="2.1"/></trkseg></trk>'
        if suffix == ".vcf":
            return b"BEGIN:VCARD\r\nVERSION:3.0\r\n= pas une ligne\r\nFN:Carte de trop\r\nEND:VCARD\r\n"
        model = max(self.records, key=lambda record: len(_DIGIT.findall(record)))
        if suffix == ".csv":
            return _DATE.sub(lambda date: _DIGIT.sub(b"#", date[0]), model)
        return _DIGIT.sub(b"#", model)


def sliced(path: str, data: bytes) -> Sliced | None:
    """A file in pieces; None where nothing is known about its kind, or it has fewer than two records."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".json":
        found = _json(data)
    elif suffix in {".csv", ".txt"}:
        found = _rows(data)
    elif suffix in _RECORDS:
        found = _matches(data, _RECORDS[suffix])
    else:
        return None
    return found if found is not None and len(found.records) > 1 else None


def _json(data: bytes) -> Sliced | None:
    """The top list, or the longest list of the top object; every value stays as it is written."""
    if data.lstrip()[:1] == b"[":
        return Sliced(b"[", tuple(map(bytes, msgspec.json.decode(data, type=list[msgspec.Raw]))), b",\n", b"]")
    fields = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    lists = {
        name: tuple(map(bytes, msgspec.json.decode(value, type=list[msgspec.Raw])))
        for name, value in fields.items()
        if bytes(value).lstrip()[:1] == b"["
    }
    if not lists:
        return None
    name = max(lists, key=lambda name: len(lists[name]))
    others = b"".join(msgspec.json.encode(key) + b":" + bytes(raw) + b"," for key, raw in fields.items() if key != name)
    return Sliced(b"{" + others + msgspec.json.encode(name) + b":[", lists[name], b",\n", b"]}")


def _rows(data: bytes) -> Sliced:
    lines = data.splitlines(keepends=True)
    if not lines[-1].endswith(b"\n"):
        lines[-1] += b"\n"
    head = next((at + 1 for at, line in enumerate(lines[:10]) if line.startswith(b"Horodate")), 1)
    return Sliced(b"".join(lines[:head]), tuple(lines[head:]), b"", b"")


def _matches(data: bytes, pattern: re.Pattern[bytes]) -> Sliced | None:
    """Records that follow each other; what stands between them stays with the one before."""
    found = list(pattern.finditer(data))
    if not found:
        return None
    ends = [match.start() for match in found[1:]] + [found[-1].end()]
    records = tuple(data[match.start() : end] for match, end in zip(found, ends, strict=True))
    return Sliced(data[: found[0].start()], records, b"", data[found[-1].end() :])
