"""Public test files of other projects: English HTML, and the four generations of location."""

from __future__ import annotations

import pytest

from importers.records import Handle, Item, Kind, Moment, Precision, Role
from tests.importing import Run, run, sample

LOCATION = "google/location"
SEGMENTS = f"{LOCATION}/location-history"


def only(found: Run, kind: Kind) -> Item:
    (item,) = (item for item in found.items if item.kind == kind)
    return item


def test_an_english_page_gives_its_three_entries_with_times_in_utc() -> None:
    found = run(sample("google/activity-html-en"))
    assert found.outcomes == {"read": 1}
    assert not found.notices
    visit, behind, search = found.items
    assert visit.when == Moment(1_517_439_290_000_000, None, Precision.SECOND)
    assert visit.key == ("activity", 1_517_439_290, "https://productforums.google.com/forum/", "Search")
    assert (behind.kind, behind.key[2]) == (Kind.PAGE_VISIT, "http://www.adobe.com/creativecloud.html")
    assert (search.kind, search.title) == (Kind.SEARCH, "Searched for\u00a0adobe creative cloud")
    assert search.when == Moment(1_486_513_956_000_000, None, Precision.SECOND)
    assert (search.lat, search.lon) == (25.800819, -80.18631)


def test_the_first_generation_gives_fixes() -> None:
    found = run(sample(f"{LOCATION}/records.json"))
    (fixes,) = found.samples
    assert fixes.start.tolist() == [1_355_581_289_460_000, 1_357_294_963_225_000, 1_362_115_059_849_000]
    assert list(fixes.columns["lat"].texts()) == ["53.3690550", "53.3563380", "53.3690589"]
    assert list(fixes.columns["lon"].texts()) == ["83.6950010", "83.7616500", "83.6951347"]
    assert list(fixes.columns["accuracy"].texts()) == ["150", "18000", "22"]
    assert list(fixes.columns["deviceTag"].texts()) == [None, None, "1184882232"]


def test_the_second_generation_gives_trips_even_without_a_place() -> None:
    found = run(sample(f"{LOCATION}/semantic_history.json"))
    assert found.kinds == {"trip": 3}
    assert (found.items[0].lat, found.items[0].end) == (None, 1_385_881_873_214_000)


@pytest.mark.parametrize(
    ("name", "us", "offset", "precision"),
    [
        ("activitySegment_with_startLocation_timestampMs", 1_742_844_302_585_000, None, Precision.MILLISECOND),
        (
            "activitySegment_with_startLocation_timestamp_in_seconds_format",
            1_742_844_302_585_000,
            None,
            Precision.MILLISECOND,
        ),
        (
            "activitySegment_with_startLocation_timestamp_in_milliseconds_format",
            1_742_844_232_000_000,
            None,
            Precision.SECOND,
        ),
        ("activitySegment_with_startLocation_with_iso_timestamp", 1_742_844_023_000_000, 60, Precision.SECOND),
        ("placeVisit_with_location_with_coordinates_with_timestampMs", 1_742_844_302_585_000, None, "millisecond"),
        (
            "placeVisit_without_location_with_coordinates_with_otherCandidateLocations",
            1_742_844_302_000_000,
            60,
            Precision.SECOND,
        ),
    ],
)
def test_times_are_told_by_their_magnitude_and_not_by_their_name(
    name: str, us: int, offset: int | None, precision: Precision
) -> None:
    (item,) = run(sample(f"{SEGMENTS}/with_{name}.json")).items
    assert item.when == Moment(us, offset, Precision(precision))
    assert item.end is None
    assert item.lat is not None


def test_android_gives_stays_trips_path_points_and_raw_positions() -> None:
    found = run(sample(f"{LOCATION}/timeline_new_format.json"))
    assert found.kinds == {"stay": 1, "trip": 1, "inference": 2}
    assert found.series() == {"position": 3}
    stay = only(found, Kind.STAY)
    assert stay.when == Moment(1_718_434_800_000_000, 120, Precision.MILLISECOND)
    assert stay.end == 1_718_438_400_000_000
    assert (stay.lat, stay.lon) == (48.8566, 2.3522)
    assert stay.parties == (Role("place", "", Handle("id", "ChIJtest123")),)
    assert only(found, Kind.TRIP).title == "IN_PASSENGER_VEHICLE"


def test_ios_gives_a_stay_and_path_points_by_the_minute() -> None:
    found = run(sample(f"{LOCATION}/location-history.json"))
    assert found.kinds == {"stay": 1, "inference": 1}
    assert found.series() == {"position": 10}
    stay = only(found, Kind.STAY)
    assert stay.when == Moment(1_693_169_336_000_000, -300, Precision.MILLISECOND)
    assert (stay.lat, stay.lon, stay.title) == (27.720022, -97.347951, "")
    first = found.samples[0]
    assert first.start[0] == 1_693_166_400_000_000 + 49 * 60_000_000
    assert (next(first.columns["lat"].texts()), next(first.columns["lon"].texts())) == ("27.720007", "-97.348044")
