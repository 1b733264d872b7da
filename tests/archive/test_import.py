"""A damaged archive from the first byte to the account: what can be read is imported, the rest is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.building import STORED, Entry, info, tgz, zipped
from tests.importing import Run, run

TABLE = b'Title,Date\n"A film","31/12/2023"\n"Another one","30/12/2023"\n'


def imported(folder: Path, name: str, data: bytes) -> Run:
    path = folder / name
    path.write_bytes(data)
    return run(path)


def told(result: Run) -> list[tuple[str, str]]:
    return [(member, notice.reason) for member, notice in result.about_archive + result.notices]


def test_a_wrong_check_sum_costs_nothing_but_a_notice(tmp_path: Path) -> None:
    data = zipped(Entry(b"NetflixViewingHistory.csv", TABLE, crc=1), Entry(b"note.xyz", b"text"))
    result = imported(tmp_path, "a.zip", data)
    assert len(result.items) == 2
    assert told(result) == [("NetflixViewingHistory.csv", "member-damaged")]
    assert result.files["note.xyz"] == b"text"


def test_a_truncated_tgz_imports_what_it_can_and_says_so(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 200
    members = [
        (info(name, len(data)), data) for name, data in (("NetflixViewingHistory.csv", TABLE), ("noise.xyz", noise))
    ]
    packed = tgz(*members)
    result = imported(tmp_path, "a.tgz", packed[: len(packed) - 60])
    assert len(result.items) == 2
    assert told(result) == [("", "archive-cut"), ("noise.xyz", "member-cut")]
    assert noise.startswith(result.files["noise.xyz"])


def test_what_is_odd_about_a_member_is_told_with_it(tmp_path: Path) -> None:
    entry = Entry(b"NetflixViewingHistory.csv", TABLE, local_name=b"other.csv")
    result = imported(tmp_path, "a.zip", zipped(entry))
    assert len(result.items) == 2
    assert told(result) == [("NetflixViewingHistory.csv", "member-odd")]


@pytest.mark.parametrize("method", [STORED, 8])
def test_an_archive_inside_an_archive_is_imported_like_any_other(tmp_path: Path, method: int) -> None:
    inner = zipped(Entry(b"NetflixViewingHistory.csv", TABLE))
    result = imported(tmp_path, "a.zip", zipped(Entry(b"netflix.zip", inner, method)))
    assert len(result.items) == 2
    assert result.outcomes == {"read": 1}
