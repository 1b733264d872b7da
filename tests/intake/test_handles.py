"""Which files are one archive, and opening folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from vault_app.intake.handles import HandleError, closing_parts, together


def grouped(*names: str) -> list[list[str]]:
    return [[path.name for path in group] for group in together([Path("downloads", name) for name in names])]


def test_the_parts_of_one_google_export_are_one_archive_in_order() -> None:
    parts = [
        "takeout-20240105T101112Z-1-002.zip",
        "takeout-20240105T101112Z-1-001.zip",
        "takeout-20240105T101112Z-010.zip",
    ]
    assert grouped(*parts, "other.zip") == [[parts[1], parts[0], parts[2]], ["other.zip"]]
    assert len(grouped("takeout-20240105T101112Z-001.zip", "takeout-20250105T101112Z-002.zip")) == 2
    assert len(grouped("takeout-20240105T101112Z-001.zip", "takeout-20240105T101112Z-002.tgz")) == 2


def test_parts_that_say_so_are_one_archive_with_part_ten_behind_part_nine() -> None:
    parts = [f"iCloud Photos Part {n} of 10.zip" for n in range(1, 11)]
    assert grouped(*sorted(parts)) == [parts]
    assert len(grouped("depart1.zip", "depart2.zip")) == 2
    assert grouped("camille_20240105_part_2.zip", "camille_20240105_part_1.zip") == [
        ["camille_20240105_part_1.zip", "camille_20240105_part_2.zip"]
    ]


def test_a_second_download_of_a_part_stays_with_its_set() -> None:
    names = ["takeout-20240105T101112Z-001.zip", "takeout-20240105T101112Z-001 (1).zip"]
    assert [sorted(group) for group in grouped(*names)] == [sorted(names)]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with closing_parts([tmp_path]) as (folder,):
        assert [path for path, _ in folder.entries] == ["real.txt"]  # type: ignore[union-attr]


def test_a_link_is_not_taken_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with pytest.raises(HandleError), closing_parts([tmp_path / "link.txt"]):
        pass
