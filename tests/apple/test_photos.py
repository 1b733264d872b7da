"""iCloud Photos: tables, files, albums."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.apple.stamps import moment
from importers.records import Precision
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "apple"
PHOTOS = FIXTURES / "icloud-photos"


def test_the_invented_library_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(PHOTOS, FIXTURES / "icloud-photos.golden.jsonl", regenerate=regenerate)


def test_a_real_library_gives_its_photo_two_albums_and_a_memory() -> None:
    found = run(sample("apple/icloud-photos"))
    (photo,) = (item for item in found.items if item.key[0] == "photo")
    assert photo.when is not None
    assert datetime.fromtimestamp(photo.when.us // 1_000_000, UTC).isoformat() == "2023-10-06T12:11:00+00:00"
    assert photo.when.precision is Precision.MINUTE
    assert [file.name for file in photo.files] == ["photo_wo_exif.jpg"]
    albums = {item.title: item.details["imgName"] for item in found.items if item.key[0] == "album"}  # type: ignore[index]
    assert albums == {
        "Spécial album": ["photo1.jpg", "photo2.jpg"],
        "Spécial album 2": ["photo2.jpg"],
        "1. April 2025": ["photo1.jpg", "photo2.jpg"],
    }
    assert found.outcomes == {"read": 5, "skipped": 1}
    assert not found.notices


def test_two_photos_of_one_name_are_two_and_a_file_without_a_row_is_kept() -> None:
    found = run(PHOTOS)
    assert len([item for item in found.items if item.title == "IMG_0001.JPG" and item.key[0] == "photo"]) == 2
    assert found.files["IMG_0003.JPG"].endswith(b"two")


def test_a_renamed_folder_gives_the_same_records(tmp_path: Path) -> None:
    shutil.copytree(PHOTOS / "Photos iCloud", tmp_path / "iCloud Photos Part 1 of 2" / "iCloud Photos")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(PHOTOS).items}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022-03-01 10:11:12", "2022-03-01T10:11:12"),
        ("2022-03-01T10:11:12.345Z", "2022-03-01T10:11:12.345000"),
        ("03-01-2022 10:11:12", "2022-03-01T10:11:12"),
        ("03/01/2022 10:11:12 UTC", "2022-03-01T10:11:12"),
        ("Friday October 06,2023 12:11 AM GMT", "2023-10-06T00:11:00"),
        ("20220301", "2022-03-01T00:00:00"),
        ("2022-03-01T12:11:12+02:00", "2022-03-01T10:11:12"),
    ],
)
def test_times_are_read_in_all_of_apples_ways_with_the_month_first(text: str, said: str) -> None:
    found = moment(text)
    assert found is not None
    stamp = datetime.fromtimestamp(found.us // 1_000_000, UTC).replace(microsecond=found.us % 1_000_000, tzinfo=None)
    assert stamp.isoformat() == said
    assert moment("31/31/2022") is None
