"""Pictures of no known service, with the tags of cameras."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from importers.photos.taken import when, where
from importers.records import Item, Kind, Moment, Precision
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "photos"
SUMMER_US = 1_720_087_200_000_000
"""2024-07-04T10:00:00Z"""


def picture(sort: str = "JPEG", size: tuple[int, int] = (4, 3), **tags: Any) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Appareil"
    camera, gps = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    camera[0x9003] = tags.get("taken", "2024:07:04 12:00:00")
    if "zone" in tags:
        camera[0x9011] = tags["zone"]
    gps[1], gps[2], gps[3], gps[4] = "N", (48.0, 24.0, 30.0), "W", (3.0, 5.0, 6.0)
    held = io.BytesIO()
    Image.new("RGB", size).save(held, sort, exif=exif.tobytes())
    return held.getvalue()


def alone(tmp_path: Path, data: bytes, name: str = "a.jpg") -> Item:
    path = tmp_path / name
    path.write_bytes(data)
    found = run(path)
    assert found.files == {name: data}
    (item,) = found.items
    return item


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_whole_at_its_time_and_place(sort: str, tmp_path: Path) -> None:
    data = picture(sort, zone="+02:00")
    item = alone(tmp_path, data, "0001.webp" if sort == "WEBP" else "0001.dat")
    assert (item.kind, item.lat, item.lon) == (Kind.PHOTO, 48.40833333, -3.085)
    assert item.when == Moment(SUMMER_US, 120, Precision.SECOND)
    assert {name: item.details[name] for name in ("Make", "width", "height")} == {  # type: ignore[index]
        "Make": "Appareil",
        "width": 4,
        "height": 3,
    }


def test_a_folder_of_pictures_is_read_and_renaming_changes_no_identity(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "été").mkdir(parents=True)
        (tmp_path / name / "été" / f"{name}.jpg").write_bytes(picture())
        (tmp_path / name / "b.png").write_bytes(picture("PNG"))
    first, second = run(tmp_path / "one"), run(tmp_path / "two")
    assert first.kinds == {"photo": 2}
    assert {item.key for item in first.items} == {item.key for item in second.items}


def test_a_time_without_a_zone_is_placed_by_the_satellites_or_else_in_paris() -> None:
    tags: dict[str, Any] = {"DateTimeOriginal": "2024:07:04 12:00:00"}
    assert when(tags) == Moment(SUMMER_US, None, Precision.SECOND)
    found = when(tags | {"GPSDateStamp": "2024:07:04", "GPSTimeStamp": [3.0, 0.0, 2.0]})
    assert found == Moment(SUMMER_US - 7 * 3_600_000_000, 540, Precision.SECOND)


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2024:02:30 10:00:00", ""])
def test_a_clock_that_was_never_set_gives_no_time(text: str) -> None:
    assert when({"DateTimeOriginal": text}) is None


def test_a_receiver_without_a_fix_gives_no_place() -> None:
    zero = [0.0, 0.0, 0.0]
    assert where({"GPSLatitude": zero, "GPSLatitudeRef": "N", "GPSLongitude": zero, "GPSLongitudeRef": "E"}) is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_picture_that_is_cut_off_is_kept(share: float, tmp_path: Path) -> None:
    data = picture()
    item = alone(tmp_path, data[: int(len(data) * share)])
    assert (item.kind, item.title) == (Kind.PHOTO, "a.jpg")


def test_a_picture_with_a_false_size_is_never_decoded(tmp_path: Path) -> None:
    data = bytearray(picture("PNG"))
    data[16:24] = (40_000).to_bytes(4, "big") * 2
    item = alone(tmp_path, bytes(data), "a.png")
    assert item.when is None


def test_an_invented_sidecar_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "photo.jpg.xmp", FIXTURES / "photo.jpg.golden.jsonl", regenerate=regenerate)


def test_the_sample_sidecars_give_their_time_place_and_words() -> None:
    (told,) = run(sample("standards/xmp/159d9172-2a1e-4d95-aef1-b5133549927b.jpg.xmp")).items
    assert (told.text, told.details["Rating"], told.details["TagsList"]) == ("Alors!", "4", ["activities/outdoors"])  # type: ignore[index]
    assert told.when == Moment(1_534_009_105_000_000, None, Precision.SECOND)
    (placed,) = run(sample("standards/xmp/IMG_2477.CR2.xmp")).items
    assert (placed.lat, placed.lon, placed.title) == (48.40837615, -3.09058979, "IMG_2477.CR2")


def test_a_sidecar_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes((FIXTURES / "photo.jpg.xmp").read_bytes()[:300])
    assert {notice.reason for _, notice in run(path).notices} == {"xml-broken"}


@pytest.mark.parametrize("side", [["N"], {}, None, 7])
def test_a_side_of_the_earth_that_is_no_letter_counts_as_none(side: object) -> None:
    tags = {"GPSLatitude": [1, 30, 0], "GPSLatitudeRef": side, "GPSLongitude": [2, 0, 0], "GPSLongitudeRef": "W"}
    assert where(tags) == (1.5, -2)
