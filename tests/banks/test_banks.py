"""What holds for the files of all banks, and for the standards: golden records, names, nothing lost, damage."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

from importers.formats.charsets import guessed
from tests.banks.statements import FILES, FIXTURES, golden, keys, name, shown
from tests.importing import check_golden, run

TABLES = [path for path in FILES if path.suffix == ".csv"]
BY_NAME: set[str] = set()
"""Fixtures that only their name tells."""


@pytest.mark.parametrize("path", FILES, ids=name)
def test_an_invented_file_reads_as_its_golden_records(path: Path, *, regenerate: bool) -> None:
    check_golden(path, golden(path), regenerate=regenerate)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_under_a_name_that_says_nothing_gives_the_same_records(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "0001.dat")
    assert keys(run(tmp_path)) == keys(run(path))


@pytest.mark.parametrize("path", TABLES, ids=name)
def test_every_cell_of_a_table_is_in_a_record(path: Path) -> None:
    text = html.unescape(html.unescape(guessed(path.read_bytes())).replace("\ufeff", ""))
    seen = shown(run(path))
    header = max(text.splitlines(), key=lambda line: len(re.split("[;,]", line)) * ("ate" in line or "isin" in line))
    for line in text.replace(header, "").splitlines():
        for cell in re.split(r'";|;"|;|","|(?<=\d),(?=[A-Z])' if ";" in text else r'","|,', line):
            words = cell.strip().strip('"=').strip()
            assert words.replace("¤", "€") in seen, words


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_truncated_file_gives_its_beginning_and_no_failure(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    whole = keys(run(path))
    for share in (0.6, 0.8, 0.95):
        cut = tmp_path / path.name
        cut.write_bytes(data[: int(len(data) * share)])
        found = run(cut)
        assert "importer-failed" not in {notice.reason for _, notice in found.notices}
        fresh = {key for key in keys(found) if key[0] != "setting"} - whole
        assert len(fresh) <= 1, "only the record that is cut may differ"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_that_is_read_twice_adds_nothing(path: Path) -> None:
    first, second = run(path), run(path)
    assert keys(first) == keys(second)
    assert len(keys(first)) == len(first.items), "no two records of a file are one"


def test_all_files_together_are_each_read_by_the_reader_of_its_bank() -> None:
    found = run(FIXTURES)
    for path in FILES:
        reader = found.readers[str(path.relative_to(FIXTURES))]
        assert reader.partition(".")[0] == path.parent.name
