"""A real French Takeout of 2022: exact counts, and spot values that were read in the files themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from importers.archive.parts import FilePart
from importers.archive.view import open_archive
from importers.google.index_page import folders
from importers.records import Handle, Item, Kind, Moment, Notice, Precision, Role
from tests.google.originals import lost
from tests.importing import Run, run, sample

FOLDER = "google/takeout-fr-2022/Takeout"
ZIP = "google/takeout-fr-2022/takeout-20220516T075556Z-001.zip"
ACTIVITIES = {
    "Aide": 17,
    "Android": 27,
    "Assistant": 15,
    "Chrome": 43,
    "Discover": 24,
    "Drive": 1,
    "Google Play Films et TV": 2,
    "Google Play Jeux": 25,
    "Google Play Store": 37,
    "Google Actualités": 8,
    "Google Cloud": 3,
    "Google Developers": 9,
    "Livres": 4,
    "Maps": 40,
    "Recherche d_images": 20,
    "Recherche de vidéos": 10,
    "Recherche": 38,
    "Shopping": 2,
    "Solutions publicitaires": 15,
    "Takeout": 24,
    "YouTube": 46,
}


@cache
def takeout(path: str) -> Run:
    return run(sample(path))


def details(item: Item) -> Any:
    return msgspec.json.decode(item.details) if isinstance(item.details, bytes) else item.details


def only(found: Run, kind: Kind, title: str) -> Item:
    (item,) = (item for item in found.items if item.kind == kind and item.title.startswith(title))
    return item


@pytest.mark.parametrize("form", [FOLDER, ZIP])
def test_every_activity_of_every_folder_is_read_and_nothing_is_said(form: str) -> None:
    found = takeout(form)
    counts = {
        path.split("/")[-2].replace("\u00a0", " "): ended.records
        for path, ended in found.ended.items()
        if found.readers[path] == "google.my_activity"
    }
    assert counts == ACTIVITIES
    assert sum(counts.values()) == 410
    assert not found.notices


@pytest.mark.parametrize("form", [FOLDER, ZIP])
def test_the_account_covers_every_member(form: str) -> None:
    assert takeout(form).outcomes == {"read": 26}


def test_the_zip_gives_what_the_folder_gives() -> None:
    assert sorted(takeout(ZIP).lines()) == sorted(takeout(FOLDER).lines())


def test_no_two_facts_share_an_identity() -> None:
    found = takeout(FOLDER)
    assert len({(item.kind, item.key) for item in found.items}) == len(found.items) == 459


def test_fixes_stays_and_trips_are_counted() -> None:
    """24 and 16 objects, one of which is a visit within a visit."""
    found = takeout(FOLDER)
    assert found.series() == {"position": 70}
    months = {path.rsplit("/", 1)[-1]: ended.records for path, ended in found.ended.items() if "Semantic" in path}
    assert months == {"2022_MARCH.json": 24, "2022_APRIL.json": 17}
    assert (found.kinds["stay"], found.kinds["trip"]) == (20, 21)
    assert (found.kinds["device"], found.kinds["setting"]) == (6, 1)


def test_adverts_are_adverts_and_no_page_visits_or_videos() -> None:
    found = takeout(FOLDER)
    assert found.kinds["ad"] == 26
    marked = [item for item in found.items if b"Des annonces Google" in msgspec.json.encode(details(item))]
    assert marked
    assert {item.kind for item in marked} == {Kind.AD}


def test_an_activity_says_when_in_utc_to_the_millisecond_and_where_roughly() -> None:
    spoken = only(takeout(FOLDER), Kind.SEARCH, "Vous avez dit comme tu veux")
    assert spoken.when == Moment(1_566_066_473_075_000, None, Precision.MILLISECOND)
    assert (spoken.lat, spoken.lon) == (50.1, 14.4)
    assert spoken.key == ("activity", 1_566_066_473, "https://www.google.com/search?q=comme+tu+veux", "Assistant")


def test_the_channel_of_a_video_is_a_party() -> None:
    item = only(takeout(FOLDER), Kind.WATCH, "Vous avez regardé salut c’est cool - Des fleurs")
    (channel,) = item.parties
    assert channel.role == "channel"
    assert channel.handle is not None
    assert channel.handle.value.startswith("https://www.youtube.com/channel/")


def test_a_fix_has_degrees_metres_and_both_upload_times() -> None:
    (fixes,) = takeout(FOLDER).samples
    first = {name: next(column.texts()) for name, column in fixes.columns.items()}
    assert fixes.start[0] == 1_646_724_223_479_000
    assert (first["lat"], first["lon"], first["accuracy"], first["altitude"]) == (
        "46.8424184",
        "6.2314340",
        "14",
        "553",
    )
    assert (first["deviceTag"], first["batteryCharging"], first["velocity"]) == ("330475684", "false", None)
    assert (first["serverTimestamp"], first["deviceTimestamp"]) == ("1646724229.421", "1646724228.094")
    assert '"83845761826337"' in str(first["activeWifiScan"])


def test_a_stay_has_a_place_and_an_end_and_a_trip_begins_where_it_begins() -> None:
    found = takeout(FOLDER)
    stay = next(item for item in found.items if item.kind == Kind.STAY and item.key[1] == 1_648_825_757_203_000)
    assert stay.when == Moment(1_648_825_757_203_000, None, Precision.MILLISECOND)
    assert stay.end == 1_648_828_088_569_000
    assert (stay.lat, stay.lon) == (46.826762, 6.225161)
    assert stay.parties == (Role("place", "Lieu d’exemple", Handle("id", "ChIJ7b4effb90f60b3f3")),)
    trip = next(item for item in found.items if item.kind == Kind.TRIP and item.key[1] == 1_648_824_802_512_000)
    assert (trip.title, trip.end, trip.lat, trip.lon) == ("WALKING", 1_648_825_757_203_000, 46.8422115, 6.2309663)


def test_a_visit_within_a_visit_is_a_stay_of_its_own() -> None:
    inner = [item for item in takeout(FOLDER).items if item.kind == Kind.STAY and item.key[-1] == 1]
    assert len(inner) == 1


def test_the_index_page_names_account_job_and_products() -> None:
    page = only(takeout(FOLDER), Kind.OTHER, "Archive du compte")
    assert page.key == ("takeout", "15d182b1-c9b0-4a5f-93ba-8b31223cc986")
    assert page.when == Moment(1_652_687_889_000_000, -420, Precision.SECOND)
    assert details(page)["products"] == {
        "LOCATION_HISTORY": "Historique des positions",
        "MY_ACTIVITY": "Mon activité",
    }
    assert takeout(FOLDER).files["archive_browser.html"] == sample(f"{FOLDER}/archive_browser.html").read_bytes()


def test_the_folders_of_an_archive_are_known_by_their_products() -> None:
    path = sample(ZIP)
    with path.open("rb") as stream:
        archive = open_archive([FilePart(path.name, stream, path.stat().st_size)])
        assert folders(archive)["Historique des positions"] == "LOCATION_HISTORY"


def test_a_product_that_lies_in_another_part_is_told(tmp_path: Path) -> None:
    """Only as long as the other folders bear the names that the index gives them."""
    for name in ("Takeout/archive_browser.html", "Takeout/Mon activité/Drive/MonActivité.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sample(f"google/takeout-fr-2022/{name}").read_bytes())
    assert [notice for _, notice in run(tmp_path).notices] == [
        Notice("google-product-missing", what="Historique des positions")
    ]
    (tmp_path / "Takeout/Mon activité").rename(tmp_path / "Takeout/My Activity")
    assert not run(tmp_path).notices


ORIGINALS = [
    *(f"{FOLDER}/Mon activité/*/MonActivité.json", f"{FOLDER}/Historique des positions/*.json"),
    *(f"{FOLDER}/Historique des positions/Semantic Location History/2022/*.json", "google/location/*.json"),
    "google/location/location-history/*.json",
]


@pytest.mark.parametrize("pattern", ORIGINALS)
def test_no_value_of_any_original_is_lost(pattern: str) -> None:
    originals = sorted(sample("google").glob(pattern.removeprefix("google/")))
    assert originals
    for original in originals:
        found = run(Path(original))
        assert not found.notices
        assert lost(original, found) == {}, original.name
