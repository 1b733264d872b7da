"""What holds for all files of health, home and learning: a cut costs the cut alone, and no cell is dropped."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.importing import run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SOURCES = (
    "clue",
    "dexcom",
    "duolingo",
    "flo",
    "garmin",
    "huawei",
    "libreview",
    "myfitnesspal",
    "netatmo",
    "oura",
    "samsung",
    "sleep-as-android",
    "strava",
    "whoop",
    "withings",
    "zepp",
)
FILES = sorted(
    file.relative_to(FIXTURES)
    for source in SOURCES
    for file in (FIXTURES / source).rglob("*")
    if file.suffix in {".csv", ".json"}
)
TABLES = [file for file in FILES if file.suffix == ".csv" and file.parts[0] not in {"withings", "netatmo"}]
"""Tables whose cells come back as they are; lists of values and decimal commas have tests of their own."""

TIME = re.compile(
    r"\d{1,4}[-./ ]+\d{1,2}[-./ ]+\d{1,4}.*|[A-Z][a-z]{2} \d{1,2}, \d{4}, .*|\d{1,2} \w+ \d{4}.*|\d{10,13}|\d\d:\d\d|UTC.*"
)
"""Cells that became a time or an offset."""

MEANT = {"104,5"}
"""Cells that come back in another form: a decimal comma as a point."""


def copied(tmp_path: Path, file: Path, data: bytes) -> Path:
    """The whole archive of a file, with other bytes in its place."""
    for other in (FIXTURES / file.parts[0]).rglob("*"):
        if other.is_file() and other.suffix != ".jsonl":
            place = tmp_path / other.relative_to(FIXTURES)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(other.read_bytes())
    (tmp_path / file).write_bytes(data)
    return tmp_path / file.parts[0]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_that_is_cut_anywhere_breaks_no_importer(tmp_path: Path, file: Path) -> None:
    data = (FIXTURES / file).read_bytes()
    for part in (0, 6):
        found = run(copied(tmp_path, file, data[: len(data) * part // 10]))
        assert "importer-failed" not in {notice.reason for _, notice in found.notices}


@pytest.mark.parametrize("file", TABLES, ids=str)
def test_no_cell_of_a_table_is_dropped(tmp_path: Path, file: Path) -> None:
    root = copied(tmp_path, file, (FIXTURES / file).read_bytes())
    found = run(root)
    held = json.dumps([json.loads(line) for line in found.lines()], ensure_ascii=False)
    held += "".join(data.decode("utf-8", "replace") for data in found.files.values())
    with (FIXTURES / file).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    lost = {
        cell
        for row in rows[1:]
        for cell in row
        if cell and not TIME.match(cell) and json.dumps(cell.strip(), ensure_ascii=False)[1:-1] not in held
    }
    titles = {cell for row in rows for cell in row if row[0] in {rows[0][0], "Id", "Appareil"}} | {
        cell for row in rows[1:2] for cell in row if file.parts[0] == "samsung"
    }
    assert lost - titles <= MEANT
