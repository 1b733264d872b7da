"""An archive under names in a language that nobody has described, and its records under their own names again."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from tests.importers.archives import Files
from tests.importing import Run

_TEXTS = frozenset(
    f".{ending}"
    for ending in (
        *("json", "csv", "html", "htm", "xml", "txt", "js", "jsonl", "tsv", "ics", "vcf", "mbox", "tcx", "gpx", "kml"),
        *("ndjson", "rec", "md", "sta", "ofx", "qif", "eml"),
    )
)
_DATA = _TEXTS | {".xlsx", ".db", ".sqlite"}
"""Endings of files whose name is changed; those of pictures and sounds stand in the records."""

_NAME = re.compile(r"(?:tiedosto|kansio) \d+(?:\.[a-z]+)?")


@dataclass(frozen=True)
class Strange:
    """``files``: the archive under the new names. ``paths``: of each old path the new one."""

    files: Files
    paths: Mapping[str, str]

    def read(self, found: Run) -> Counter[str]:
        """The records of the archive, with the old names where a record says a new one."""
        names: dict[str, str] = {}
        for path, other in self.paths.items():
            names |= dict(zip(other.split("/"), path.split("/"), strict=True))
            names[PurePosixPath(other).stem] = PurePosixPath(path).stem
        told = Counter[str]()
        for line, count in records(found).items():
            told[_NAME.sub(lambda name: names.get(name[0], name[0]), line)] += count
        return told


def in_finnish(held: Files) -> Strange:
    """Folders and files of data under words that no reader knows; their endings stay.

    Where a text of the archive says the place of one of its files, it says the new one: so does a service that writes
    its archives in another language.
    """
    folders: dict[str, str] = {}
    paths = {}
    for number, path in enumerate(held):
        *above, name = path.split("/")
        places = ["/".join(above[: at + 1]) for at in range(len(above))]
        spoken = [folders.setdefault(place, f"kansio {len(folders)}") for place in places]
        ending = PurePosixPath(name).suffix.lower()
        paths[path] = "/".join([*spoken, f"tiedosto {number}{ending}" if ending in _DATA else name])
    said = dict(_said(paths))
    place = re.compile(rb"(?<![\w.-])(?:" + b"|".join(map(re.escape, said)) + rb")(?![\w-])") if said else None
    files = {
        paths[path]: place.sub(lambda found: said[found[0]], data)
        if place is not None and PurePosixPath(path).suffix.lower() in _TEXTS
        else data
        for path, data in held.items()
    }
    return Strange(files, paths)


def _said(paths: Mapping[str, str]) -> Iterator[tuple[bytes, bytes]]:
    """The ends of paths, a folder and a name at least, with what they are called now: the longest ones first."""
    ends = {}
    for path, other in paths.items():
        steps, others = path.split("/"), other.split("/")
        for count in range(2, len(steps) + 1):
            ends.setdefault("/".join(steps[-count:]), "/".join(others[-count:]))
    for end in sorted(ends, key=len, reverse=True):
        yield end.encode(), ends[end].encode()


def records(found: Run) -> Counter[str]:
    """All records but the notices, and but the files that are whole documents (see ``documents``)."""
    return Counter(
        line for line in found.lines() if '"record": "notice"' not in line and '"key": ["document", ' not in line
    )


def documents(found: Run) -> set[str]:
    """Digests of the files that are items of their own, as what they are known to be or as a picture."""
    keys = [item.key for item in found.items if item.key[0] == "document"]
    return {str(key[1]) for key in keys}


def digest(data: bytes) -> str:
    """What names a whole file in the identity of a document."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def missing(known: Counter[str], found: Counter[str]) -> Counter[str]:
    """The records that are not found again."""
    return known - found


def other(known: Counter[str], found: Counter[str]) -> Counter[str]:
    """The records that are new. One that is read twice from two files has one identity, and is one fact in a vault."""
    return Counter({line: count for line, count in (found - known).items() if line not in known})


def without(told: Counter[str], fields: Iterable[str]) -> Counter[str]:
    """Records without some of their fields."""
    left = Counter[str]()
    for line, count in told.items():
        record = json.loads(line)
        for field in fields:
            record.pop(field, None)
        left[json.dumps(record, sort_keys=True, ensure_ascii=False)] += count
    return left


def sorts(told: Counter[str]) -> dict[str, int]:
    """How many records there are of each kind or series."""
    counts = Counter[str]()
    for line, count in told.items():
        record = json.loads(line)
        counts[record.get("series") or record.get("kind") or record["record"]] += count
    return dict(counts)
