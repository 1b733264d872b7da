"""Running importers in tests: on real samples where that folder is present, and on invented fixtures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

import msgspec
import pytest

from importers.archive.errors import DamagedMember
from importers.archive.parts import FilePart, FolderPart, Part
from importers.archive.view import open_archive
from importers.columns import Numbers, Texts
from importers.contract import DECLARED
from importers.reading import Began, Ended, Kept, read
from importers.recognition import Rulebook
from importers.records import File, Item, Notice, Party, Record, Samples
from importers.registry import entries

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
"""Real files for testing; absent on most machines."""


def sample(path: str) -> Path:
    """A file or folder of the samples; the test is skipped, with the reason, where they are absent."""
    if not SAMPLES.is_dir():
        pytest.skip("the folder with real samples is not on this machine")
    found = SAMPLES / path
    assert found.exists(), f"no such sample: {path}"
    return found


def parts_of(*paths: Path) -> list[Part]:
    """Files and folders as the parts of one archive."""
    return [
        _folder(path) if path.is_dir() else FilePart(path.name, path.open("rb"), path.stat().st_size) for path in paths
    ]


def _folder(path: Path) -> FolderPart:
    files = sorted(file for file in path.rglob("*") if file.is_file())
    entries = tuple((str(file.relative_to(path)), file.stat().st_size) for file in files)

    def open_(index: int) -> IO[bytes]:
        return files[index].open("rb")

    return FolderPart(path.name, entries, open_)


@dataclass
class Run:
    """What came out of one archive. ``about_archive``: what was odd about the archive itself, by member path."""

    items: list[Item] = field(default_factory=list)
    samples: list[Samples] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    notices: list[tuple[str, Notice]] = field(default_factory=list)
    about_archive: list[tuple[str, Notice]] = field(default_factory=list)
    ended: dict[str, Ended] = field(default_factory=dict)
    readers: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, int]:
        """Number of different items by kind: items with one key are one."""
        unique = {(item.kind, item.key) for item in self.items}
        return dict(Counter(str(kind) for kind, _ in unique))

    @property
    def outcomes(self) -> dict[str, int]:
        """Number of members by outcome."""
        return dict(Counter(str(ended.outcome) for ended in self.ended.values()))

    def series(self) -> dict[str, int]:
        """Number of samples by series name."""
        counts: Counter[str] = Counter()
        for samples in self.samples:
            counts[samples.series] += len(samples.start)
        return dict(counts)

    def take_file(self, member: str, name: str, file: File) -> None:
        """Read a file to its end; of a damaged one what can be read, and a notice."""
        self.files[name] = b""
        try:
            for piece in file.pieces():
                self.files[name] += piece
        except DamagedMember as error:
            self.notices.append((member, Notice(error.reason, f"byte {len(self.files[name])}", error.what)))

    def lines(self) -> list[str]:
        """All records as lines of JSON, for golden files."""
        return [json.dumps(line, ensure_ascii=False, sort_keys=True) for line in self._plain()]

    def _plain(self) -> Iterator[dict[str, Any]]:
        for record in (*self.items, *self.parties, *self.samples):
            yield plain_record(record)
        for member, notice in self.notices:
            yield plain_record(notice) | {"member": member}


def plain_record(record: Record) -> dict[str, Any]:
    """A record as JSON values, with the name of its sort; of files their names."""
    if isinstance(record, Samples):
        return {"record": "samples"} | _samples(record)
    return {"record": type(record).__name__.lower()} | _builtins(record)


@cache
def rulebook() -> Rulebook:
    """All importers as their code declares them now, whatever the index says; one for all tests of a process."""
    for _ in entries():
        pass
    return Rulebook(DECLARED)


def run(*paths: Path) -> Run:
    """Read one archive, given as files or folders, with all importers; files are read to their end."""
    parts = parts_of(*paths)
    try:
        return _run(parts)
    finally:
        for part in parts:
            if isinstance(part, FilePart):
                part.stream.close()


def _run(parts: Sequence[Part]) -> Run:
    archive = open_archive(parts)
    result = Run(about_archive=archive.notices)
    path = ""
    for event in read(archive, rulebook()):
        match event:
            case Began():
                path = archive.members[event.index].path
                result.readers[path] = event.reader
            case Ended():
                result.ended[path] = event
            case Kept():
                result.take_file(path, path, event.file)
            case Item():
                result.items.append(event)
                for file in event.files:
                    result.take_file(path, file.name, file)
            case Party():
                result.parties.append(event)
                for file in event.files:
                    result.take_file(path, file.name, file)
            case Samples():
                result.samples.append(event)
            case Notice():
                result.notices.append((path, event))
    return result


def check_golden(fixture: Path, expected: Path, *, regenerate: bool = False) -> None:
    """Compare the records of a fixture with the lines of a golden file; pytest's ``--regenerate`` writes it anew."""
    lines = run(fixture).lines()
    if regenerate:
        expected.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == expected.read_text(encoding="utf-8").splitlines()


def _builtins(record: Item | Party | Notice) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name == "files":
            value = [file.name for file in value]
        elif name == "details" and isinstance(value, bytes):
            value = msgspec.json.decode(value)
        if value not in ("", None, (), [], {}, False):
            shown[name] = msgspec.to_builtins(value, enc_hook=str)
    return shown


def _samples(samples: Samples) -> dict[str, Any]:
    shown: dict[str, Any] = {"series": samples.series, "unit": samples.unit, "subject": samples.subject}
    columns: dict[str, Numbers | Texts | None] = {"value": samples.value, "offset": samples.offset}
    columns |= {"quality": samples.quality} | dict(samples.columns)
    shown["start"] = samples.start.tolist()
    shown["end"] = samples.end.tolist() if samples.end is not None else None
    return shown | {name: list(column.texts()) for name, column in columns.items() if column is not None}


def names(paths: Sequence[Path]) -> list[str]:
    """File names, for messages."""
    return [path.name for path in paths]
