"""Whether a run of importers has kept every cell of the tables that it has read."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.importing import Run

_STAMP = re.compile(r"\d{1,4}[-/]\w{2,3}[-/]\d{2,4}")


def lost_cells(found: Run, folder: Path, absent: Collection[str] = ()) -> set[str]:
    """Cells of the CSV files under a folder that no record holds. Stamps do not count: they are times of records.

    ``absent``: texts that only say that there is no value.
    """
    kept = set(_texts([msgspec.to_builtins(item, enc_hook=str) for item in (*found.items, *found.parties)]))
    return {cell for cell in _cells(folder) if cell not in kept and cell not in absent and not _STAMP.search(cell)}


def _cells(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in list(csv.reader(stream))[1:]:
                yield from filter(None, row)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    else:
        yield str(value)
