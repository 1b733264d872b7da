"""Reads archives as the reading process does: only the modules that recognition asks for, then the fence, then all
records. Run by ``test_late_loading.py`` in a process that has loaded nothing else.

Arguments: files and folders. Prints one JSON object: for each of them what became of its members, and its notices.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import vault_app.intake.child  # noqa: F401 - what the reading process has loaded before it recognises anything
from importers.archive.parts import FilePart, FolderPart, Part
from importers.archive.view import open_archive
from importers.contract import Skip
from importers.reading import Ended, Kept, read
from importers.recognition import Rulebook
from importers.records import Item, Notice, Party
from importers.registry import declarations, load
from vault_app.intake.fence import lock_reader, preload


def in_memory(path: Path) -> Part:
    """The bytes of a file, or of the files of a folder: behind the fence nothing is opened."""
    if path.is_file():
        data = path.read_bytes()
        return FilePart(path.name, io.BytesIO(data), len(data))
    files = sorted(file for file in path.rglob("*") if file.is_file())
    held = [file.read_bytes() for file in files]
    entries = tuple((file.relative_to(path).as_posix(), len(data)) for file, data in zip(files, held, strict=True))
    return FolderPart(path.name, entries, lambda index: io.BytesIO(held[index]))


def fenced(part: Part, rulebook: Rulebook) -> dict[str, Any]:
    """What comes out of an archive in this process, which is locked for good."""
    archive = open_archive([part])
    matched = [found[0] for found in map(rulebook.match, archive.members) if found is not None]
    load({one.module for one in matched if not isinstance(one, Skip) and one.module})
    lock_reader(1.0, 64)
    ended: list[list[object]] = []
    notices: list[str] = []
    for event in read(open_archive([part]), rulebook):
        match event:
            case Ended():
                ended.append([archive.members[event.index].path, str(event.outcome), event.records])
            case Notice():
                notices.append(f"{event.reason} {event.what}")
            case Item() | Party():
                for file in event.files:
                    for _ in file.pieces():
                        pass
            case Kept():
                for _ in event.file.pieces():
                    pass
    return {"ended": sorted(ended), "notices": sorted(notices)}


def apart(part: Part, rulebook: Rulebook) -> dict[str, Any]:
    """The same in a process of its own, which begins as this one is now."""
    answer: dict[str, Any]
    reading, writing = os.pipe()
    if not os.fork():
        os.close(reading)
        with os.fdopen(writing, "w") as told:
            try:
                answer = fenced(part, rulebook)
            except Exception as error:  # noqa: BLE001 - told to the test, as nothing else can be written here
                answer = {"broken": repr(error)}
            json.dump(answer, told)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = json.load(told)
    os.wait()
    return answer


def main() -> None:
    rulebook = Rulebook(declarations())
    preload.everything()  # by each process again, to no effect: once is faster
    print(json.dumps({path: apart(in_memory(Path(path)), rulebook) for path in sys.argv[1:]}))  # noqa: T201


if __name__ == "__main__":
    main()
