"""Google Photos: sidecars and media that belong together, across folders, parts and languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from importers.google.photo_pairs import pairs
from importers.records import Item, Kind, Moment, Precision, Role
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run, sample

TAKEOUT = FIXTURES / "photos" / "Takeout"
LONG = "a_very_long_name_of_a_photo_that_goes_on_and_on_and_on"


def photos(found: Run) -> dict[tuple[object, ...], list[str]]:
    """The names of the files of each photo, by the rest of its key; a photo in several folders once."""
    carried: dict[tuple[object, ...], list[str]] = {}
    for item in found.items:
        if item.key[0] == "photo":
            names = carried.setdefault(item.key[1:3], [])
            names += [file.name for file in item.files if file.name not in names]
    return carried


@pytest.mark.parametrize(
    ("photo", "sidecar"),
    [
        ("x.jpg", "x.jpg.json"),
        ("x.jpg", "x.jpg.supplemental-metadata.json"),
        ("x.jpg", "x.jpg.supplemental-metadat.json"),
        ("x.jpg", "x.jpg.s.json"),
        ("img(1).jpg", "img.jpg(1).json"),
        ("img(1).jpg", "img.jpg.supplemental-metadata(1).json"),
        ("img(1).jpg", "img(1).jpg.json"),
        (f"{LONG[:47]}.jpg", f"{LONG[:46]}.json"),
        (f"{LONG[:44]}.jpg", f"{LONG[:44]}.j.json"),
        (f"{LONG[:40]}.jpg", f"{LONG[:40]}.jpg.s.json"),
        ("x-edited.jpg", "x.jpg.json"),
        ("x-modifié.jpg", "x.jpg.supplemental-metadata.json"),
        ("x-bearbeitet(1).jpg", "x.jpg(1).json"),
        ("img_1.mp4", "img_1.heic.json"),
        ("img_1.mp~2", "img_1.jpg.json"),
        ("img_1.cover.jpg", "img_1.jpg.json"),
        (f"original_{LONG[:36]}_p(1).jpg", f"original_{LONG[:36]}_.json"),
    ],
)
def test_a_sidecar_finds_its_photo_by_name(photo: str, sidecar: str) -> None:
    assert pairs([photo], [sidecar]) == {sidecar: [photo]}


@pytest.mark.parametrize(
    ("photo", "sidecar"),
    [
        ("dsc_0104(1).jpg", "dsc_0104.jpg.json"),
        ("img_12.jpg", "img_1.jpg.json"),
        ("img_12.jpg", "img_1.json"),
        ("x-ray.jpg", "x.jpg.json"),
    ],
)
def test_names_that_only_look_alike_are_no_pair(photo: str, sidecar: str) -> None:
    assert pairs([photo], [sidecar]) == {}


def test_a_film_with_a_sidecar_of_its_own_is_no_moving_part() -> None:
    found = pairs(["img_1.heic", "img_1.mp4"], ["img_1.heic.json", "img_1.mp4.json"])
    assert found == {"img_1.heic.json": ["img_1.heic"], "img_1.mp4.json": ["img_1.mp4"]}


def test_a_photo_in_its_year_and_in_an_album_is_one_photo_with_its_edited_copy() -> None:
    found = run(TAKEOUT)
    assert photos(found)["IMG_0007.jpg", 1_563_096_600_000_000] == ["IMG_0007.jpg", "IMG_0007-modifié.jpg"]
    assert found.kinds["photo"] == 7
    album = next(item for item in found.items if item.key[0] == "photo-album")
    assert (album.title, album.text) == ("Été à la ferme", "Une semaine")


def test_a_live_photo_carries_its_film() -> None:
    assert photos(run(TAKEOUT))["IMG_0008.HEIC", 1_563_097_000_000_000] == ["IMG_0008.HEIC", "IMG_0008.MP4"]


def test_two_photos_of_one_name_and_second_stay_two() -> None:
    found = [item for item in run(TAKEOUT).items if item.title == "DSC_1.JPG"]
    assert len({item.key for item in found}) == 2
    assert sorted(file.name for item in found for file in item.files) == ["DSC_1(1).JPG", "DSC_1.JPG"]


def test_the_place_in_the_file_goes_first_and_zero_is_no_place() -> None:
    found = {item.title: item for item in run(TAKEOUT).items}
    assert (found["IMG_0007.jpg"].lat, found["IMG_0007.jpg"].lon) == (45.1, 1.2)
    assert (found["IMG_0008.HEIC"].lat, found["IMG_0008.HEIC"].lon) == (45.2, 1.3)
    assert (found["DSC_1.JPG"].lat, found["DSC_1.JPG"].lon) == (None, None)
    assert found["IMG_0007.jpg"].parties == (Role("with", "Personne Inventée"),)


def test_a_photo_from_before_1970_has_its_time_and_time_zero_is_unknown_and_told() -> None:
    found = run(TAKEOUT)
    times = {item.title: item.when for item in found.items}
    assert times["scan.jpg"] == Moment(-14_256_000_000_000, None, Precision.SECOND)
    assert times["sans date.jpg"] is None
    assert {notice.reason for _, notice in found.notices} == {"google-no-time", "google-photo-elsewhere"}


def test_a_file_that_no_sidecar_names_is_kept_by_itself_and_the_others_only_once() -> None:
    found = run(TAKEOUT)
    alone = [item for item in found.items if item.key[0] == "document"]
    assert [(item.kind, item.title) for item in alone] == [(Kind.PHOTO, "orpheline.jpg")]


def test_parts_meet_wherever_photo_and_sidecar_lie(tmp_path: Path) -> None:
    for path in TAKEOUT.rglob("*"):
        part = "one" if path.suffix == ".json" else "two"
        goal = tmp_path / part / path.relative_to(TAKEOUT)
        if path.is_file():
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, goal)
    assert photos(run(tmp_path / "one", tmp_path / "two")) == photos(run(tmp_path)) == photos(run(TAKEOUT))


def test_renamed_folders_give_the_same_photos_and_album(tmp_path: Path) -> None:
    for number, folder in enumerate(sorted((TAKEOUT / "Google\u00a0Photos").iterdir())):
        shutil.copytree(folder, tmp_path / f"x{number}")
    before, after = run(TAKEOUT), run(tmp_path)
    assert {(item.kind, item.key) for item in after.items} == {(item.kind, item.key) for item in before.items}
    assert photos(after) == photos(before)


def test_an_album_file_of_2025_with_nothing_but_a_title_is_an_album(tmp_path: Path) -> None:
    folder = tmp_path / "Takeout" / "Google Photos" / "gophers"
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(json.dumps({"title": "Marmottes"}))
    assert [item.key for item in run(tmp_path).items] == [("photo-album", None, "Marmottes")]


def test_untitled_albums_of_different_dates_stay_apart(tmp_path: Path) -> None:
    for number in range(2):
        folder = tmp_path / "Google Photos" / f"Sans titre({number})"
        folder.mkdir(parents=True)
        (folder / "métadonnées.json").write_text(f'{{"title":"","date":{{"timestamp":"169787235{number}"}}}}')
    assert len({item.key for item in run(tmp_path).items}) == 2


def only(found: Run, title: str) -> Item:
    return next(item for item in found.items if item.title == title)


def test_real_french_sidecars_of_2023() -> None:
    found = run(sample("google/photos-fr"))
    assert found.kinds == {"photo": 10, "video": 1, "other": 2}  # two of one name have their addresses blotted out
    assert found.outcomes == {"read": 20}
    assert [notice.reason for _, notice in found.notices] == ["google-photo-elsewhere"]
    item = only(found, "PXL_20231006_063851485.jpg")
    assert item.when == Moment(1_696_574_331_000_000, None, Precision.SECOND)
    assert (item.lat, item.lon, item.text) == (48.8583736, 2.291901, "Description from goggle photos")
    assert photos(found)["DSC_0238.JPG", 1_696_573_800_000_000] == ["DSC_0238(1).JPG", "DSC_0238.JPG"]
    assert photos(found)["PXL_20231006_063029647.jpg", 1_696_573_829_000_000] == ["PXL_20231006_063029647.jpg"]
    assert len(found.files["PXL_20231006_063029647.jpg"]) == 85_999


def test_real_sidecars_of_2025_stand_in_a_year_and_in_an_album() -> None:
    found = run(sample("google/photos-2025"))
    assert found.kinds == {"photo": 5, "other": 1}
    assert len(found.items) == 11
    assert len(found.files["PinClipart.com_gopher-clipart_4000224.jpg"]) == 36_332
