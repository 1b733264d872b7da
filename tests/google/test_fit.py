"""Google Fit: the same steps in raw data, derived data and tables stay apart."""

from __future__ import annotations

import pytest

from importers.records import Item, Kind, Samples
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run

TAKEOUT = FIXTURES / "fit" / "Takeout"
ESTIMATED = "derived:com.google.step_count.delta:com.google.android.gms:estimated_steps"


@pytest.fixture(scope="module")
def found() -> Run:
    return run(TAKEOUT)


def series(found: Run, name: str, subject: str) -> Samples:
    (samples,) = (one for one in found.samples if (one.series, one.subject) == (name, subject))
    return samples


def values(samples: Samples) -> list[str | None]:
    assert samples.value is not None
    return list(samples.value.texts())


def test_steps_of_each_source_are_a_series_of_their_own(found: Run) -> None:
    assert values(series(found, "steps", ESTIMATED)) == ["42", "7"]
    assert values(series(found, "steps", "by day")) == ["3000"]
    assert values(series(found, "steps", "by quarter of an hour")) == ["1500"]


def test_nanoseconds_that_do_not_fit_are_kept(found: Run) -> None:
    samples = series(found, "steps", ESTIMATED)
    assert samples.start.tolist() == [1_690_864_183_842_000, 1_690_864_243_842_000]
    assert list(samples.columns["startTimeNanos"].texts()) == [None, "1690864243842000123"]


def test_a_location_has_its_coordinates_and_its_other_values(found: Run) -> None:
    samples = series(found, "position", "raw:com.google.location.sample:x")
    assert [next(samples.columns[name].texts()) for name in ("lat", "lon")] == ["45.25", "1.5"]
    assert "12.0" in str(next(samples.columns["fitValue"].texts()))


def test_a_quarter_of_an_hour_has_the_clock_of_the_place_and_the_last_one_ends_the_next_day(found: Run) -> None:
    samples = series(found, "energy-burned", "by quarter of an hour")
    assert samples.start.tolist() == [1_690_869_600_000_000, 1_690_926_300_000_000]
    assert samples.end is not None
    assert samples.end.tolist() == [1_690_870_500_000_000, 1_690_927_200_000_000]
    assert samples.offset is not None
    assert list(samples.offset.texts()) == ["120", "120"]


def test_a_day_is_a_label_and_an_empty_cell_no_measure(found: Run) -> None:
    samples = series(found, "distance", "by day")
    assert (samples.start.tolist(), values(samples)) == ([1_690_848_000_000_000], ["2500.25"])


def test_a_session_is_a_workout(found: Run) -> None:
    (item,) = found.items
    assert isinstance(item, Item)
    assert (item.kind, item.title, item.end) == (Kind.WORKOUT, "walking", 1_690_878_600_000_000)
