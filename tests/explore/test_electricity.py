"""Energy is what the samples say, each moment once, and the clock changes are no surprise."""

from __future__ import annotations

import itertools
from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.columns import numbers, times
from importers.records import Samples
from tests.explore.by_hand import DAY, HOUR, begin, bring, power, us
from tests.importing import sample
from vault_app.explore import electricity, energy, measures
from vault_app.explore.chart_data import ChartData
from vault_app.explore.charts import chart
from vault_app.explore.energy import Slices
from vault_app.explore.periods import Period
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault

MIDNIGHT = us("2024-03-12T00:00+01:00")


def shown(vault: Vault, period: Period, since: str, until: str) -> ChartData:
    return chart("electricity").data(vault, period, us(since), us(until))


def values(data: ChartData) -> list[float | None]:
    return [None if bucket.value is None else round(bucket.value, 6) for bucket in data.buckets]


def days_of_energy(first: str, *watt_hours: int) -> Samples:
    starts = [us(first) + DAY * number for number in range(len(watt_hours))]
    return Samples(
        series="electricity-energy", unit="Wh", start=times(starts), end=times(at + DAY for at in starts),
        value=numbers(watt_hours), exclusive=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def curve(camille: Vault) -> list[tuple[int, float]]:
    """Start (us) and kWh of each of Camille's half-hours, in order."""
    (row,) = measures.named(camille, "electricity-power")
    return [(us(line["start"]), line["value"] / 2000) for line in measures.samples_json(camille, row)]


@pytest.mark.parametrize("period", ["half-hour", "day", "month", "year"])
def test_buckets_are_the_sums_of_their_samples(camille: Vault, curve: list[tuple[int, float]], period: Period) -> None:
    since, until = ("2024-10-20", "2024-11-05") if period == "half-hour" else ("2023-06-01", "2024-12-01")
    data = shown(camille, period, since, until)
    assert data.unit == "kWh"
    starts = [start for start, _ in curve]
    for bucket in data.buckets:
        first, after = bisect_left(starts, bucket.start_us), bisect_left(starts, bucket.end_us)
        assert bucket.value == pytest.approx(sum(kwh for _, kwh in curve[first:after]))
        assert bucket.measured == pytest.approx(1)


def test_the_day_with_25_hours_and_the_day_with_23_are_whole(camille: Vault) -> None:
    october = shown(camille, "day", "2024-10-27T12:00", "2024-10-27T13:00").buckets
    march = shown(camille, "day", "2024-03-31T12:00", "2024-03-31T13:00")
    assert [(bucket.label, bucket.end_us - bucket.start_us) for bucket in october] == [("2024-10-27", 25 * HOUR)]
    assert [bucket.end_us - bucket.start_us for bucket in march.buckets] == [23 * HOUR]
    assert march.uneven
    assert october[0].measured == 1
    halves = shown(camille, "half-hour", "2024-10-26T22:00", "2024-10-27T23:00").buckets
    assert len(halves) == 50
    assert len({half.label for half in halves}) == 50
    assert sum(half.value or 0 for half in halves) == pytest.approx(october[0].value or 0)
    months = shown(camille, "month", "2024-10-05", "2024-10-06").buckets
    assert months[0].end_us - months[0].start_us == 31 * DAY + HOUR


def test_a_bucket_stands_beside_the_same_one_of_the_year_before(camille: Vault) -> None:
    data = shown(camille, "month", "2023-01-10", "2024-12-20")
    assert [bucket.compared for bucket in data.buckets[:12]] == [None] * 12
    assert [bucket.compared for bucket in data.buckets[12:]] == [
        pytest.approx(bucket.value) for bucket in data.buckets[:12]
    ]
    leap = shown(camille, "day", "2024-02-28T12:00", "2024-03-01T12:00").buckets
    assert [bucket.label for bucket in leap if bucket.compared is None] == ["2024-02-29"]


def test_the_sentence_says_the_last_whole_year(camille: Vault) -> None:
    years = shown(camille, "year", "2023-06-01", "2024-06-01").buckets
    for until, year in (("2025-01-01", 1), ("2023-12-31", 0)):
        summary = shown(camille, "month", "2023-01-01", until).summary
        assert summary.values["year"] == years[year].label
        assert summary.values["kwh"] == pytest.approx(years[year].value)
    summary = shown(camille, "day", "2024-12-01", "2024-12-30").summary
    change = round(100 * ((years[1].value or 0) / (years[0].value or 1) - 1))
    assert summary.id.startswith("electricity-year-")
    assert summary.values["percent"] == abs(change)
    assert "kWh en 2024" in summary.sentence("fr")
    assert "kWh in 2024" in summary.sentence("en")


def test_real_files_give_what_they_state_to_the_watt_hour(vault: Vault) -> None:
    for name in (
        "enedis/energie_quotidienne_20240715-20240721.xlsx",
        "enedis/Enedis_Conso_Jour_20210123-20240108_09000000000001.csv",
    ):
        with closing_parts([sample(name)]) as parts:
            run_import(vault, recognise(parts))
    week = values(shown(vault, "day", "2024-07-15", "2024-07-21T12:00"))
    assert week[:5] == [25.247, 23.72, 33.967, 20.943, 34.168]
    assert sum(value or 0 for value in week) == pytest.approx(214.504)
    (year,) = shown(vault, "year", "2021-06-01", "2021-06-02").buckets
    assert year.value == pytest.approx(1854.245)
    assert shown(vault, "day", "2021-01-24T12:00", "2021-01-24T13:00").buckets[0].value == pytest.approx(5.255)


def test_what_is_missing_is_not_zero(vault: Vault) -> None:
    bring(vault, samples=[power(MIDNIGHT, [1000, None, 0, 500])])
    halves = shown(vault, "half-hour", "2024-03-11T23:00", "2024-03-12T01:30")
    assert values(halves) == [0.5, None, 0.0, 0.25, None]
    assert [bucket.measured for bucket in halves.buckets] == [1, 0, 1, 1, 0]
    (day,) = shown(vault, "day", "2024-03-12", "2024-03-12T01:00").buckets
    assert (day.value, day.measured) == (pytest.approx(0.75), pytest.approx(1.5 / 24))
    assert halves.summary.id == "electricity-part"
    assert halves.summary.sentence("fr") == "Électricité : 0,8 kWh mesurés entre le 12 mars 2024 et le 12 mars 2024."
    assert halves.summary.sentence("en") == "Electricity: 0.8 kWh measured between 12 March 2024 and 12 March 2024."


def test_a_sample_over_the_edge_of_two_buckets_counts_in_both_by_its_time(vault: Vault) -> None:
    bring(vault, samples=[power(MIDNIGHT - HOUR // 4, [1200], step=HOUR)])
    days = shown(vault, "day", "2024-03-11T12:00", "2024-03-12T12:00")
    assert values(days) == [0.3, 0.9]


def test_the_energy_of_a_day_counts_only_where_nothing_finer_was_measured(vault: Vault) -> None:
    whole_day = power(MIDNIGHT + DAY, [1000] * 48)
    half_day = power(MIDNIGHT + 2 * DAY, [1000] * 24)
    bring(vault, samples=[days_of_energy("2024-03-12T00:00+01:00", 10_000, 23_000, 20_000), whole_day, half_day])
    days = shown(vault, "day", "2024-03-12T08:00", "2024-03-15T08:00")
    assert values(days) == [10.0, 24.0, 20.0, None]
    assert [bucket.measured for bucket in days.buckets] == [1, 1, 1, 0]
    halves = shown(vault, "half-hour", "2024-03-12T08:00", "2024-03-12T10:00")
    assert values(halves) == [None] * 4
    assert values(shown(vault, "month", "2024-03-12", "2024-03-13")) == [54.0]


def test_two_meters_are_added_and_one_meter_in_two_files_is_not(vault: Vault) -> None:
    curve = [1000] * 48
    bring(vault, samples=[power(MIDNIGHT, curve, subject="a"), power(MIDNIGHT, curve, subject="b")])
    bring(vault, samples=[power(MIDNIGHT, [1000] * 24, subject="a", step=HOUR)], source="enedis")
    assert values(shown(vault, "day", "2024-03-12T08:00", "2024-03-12T09:00")) == [48.0]


def test_other_offsets_make_other_days(vault: Vault) -> None:
    start = us("2024-03-12T00:00-04:00")
    bring(vault, samples=[power(start, [1000] * 48, offset=numbers([-240] * 48))])
    days = shown(vault, "day", "2024-03-12T12:00", "2024-03-12T13:00")
    assert (values(days), days.buckets[0].start_us, days.uneven) == ([24.0], start, False)


def test_a_running_import_is_invisible(vault: Vault) -> None:
    writer = begin(vault, samples=[power(MIDNIGHT, [1000] * 48)])
    assert chart("electricity").span(vault) is None
    assert values(shown(vault, "day", "2024-03-12T08:00", "2024-03-12T09:00")) == [None]
    writer.complete()
    assert chart("electricity").span(vault) == (MIDNIGHT, MIDNIGHT + 47 * HOUR // 2 + 1)
    writer = begin(vault, samples=[power(MIDNIGHT + 9 * DAY, [1000] * 48)])
    assert chart("electricity").span(vault) == (MIDNIGHT, MIDNIGHT + 47 * HOUR // 2 + 1)
    writer.abandon()


def test_an_empty_vault_says_that_there_is_nothing(vault: Vault) -> None:
    data = shown(vault, "month", "2024-01-01", "2024-03-01")
    assert data.summary.id == "electricity-none"
    assert {bucket.value for bucket in data.buckets} == {None}
    assert shown(vault, "day", "2024-03-01", "2024-03-01").buckets == []


def test_heat_adds_up_to_the_days(camille: Vault) -> None:
    since, until = us("2024-10-20T12:00"), us("2024-11-02T12:00")
    heat = electricity.heat(camille, since, until)
    days = chart("electricity").data(camille, "day", since, until).buckets
    assert heat.hours.shape == (24, len(days))
    assert np.nansum(heat.hours, axis=0).tolist() == pytest.approx([day.value for day in days])
    assert heat.first_day == (us("2024-10-20") // DAY)
    spring = electricity.heat(camille, us("2024-03-31T12:00"), us("2024-03-31T13:00"))
    assert np.flatnonzero(np.isnan(spring.hours[:, 0])).tolist() == [2]
    autumn = heat.hours[:, 7]
    assert autumn[2] > 1.5 * heat.hours[2, 6]


def test_the_night_is_from_22_to_6(vault: Vault) -> None:
    bring(vault, samples=[power(MIDNIGHT, [1000] * 12 + [0] * 32 + [3000] * 4)])
    data = chart("electricity-night").data(vault, "day", MIDNIGHT, MIDNIGHT + DAY)
    assert values(data) == [12.0]
    assert data.summary.values["percent"] == 100


def test_nights_of_a_month_are_those_of_its_days(camille: Vault) -> None:
    night = chart("electricity-night")
    (month,) = night.data(camille, "month", us("2024-10-05"), us("2024-10-06")).buckets
    days = night.data(camille, "day", month.start_us, month.end_us).buckets
    assert len(days) == 31
    assert month.value == pytest.approx(sum(day.value or 0 for day in days))
    assert days[0].compared is not None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from([1, 2, 8, 24, 30]), st.floats(0, 5)), min_size=1, max_size=25
    )
)
def test_no_moment_counts_twice_and_what_stands_alone_is_kept(rows: list[tuple[int, int, float]]) -> None:
    start = np.array([row[0] for row in rows], np.int64)
    end = start + np.array([row[1] for row in rows], np.int64)
    found = energy.disjoint(Slices(start, end, np.array([row[2] for row in rows])))
    kept = list(zip(found.start.tolist(), found.end.tolist(), found.kwh.tolist(), strict=True))
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(kept))
    covered = {moment for at, length, _ in rows for moment in range(at, at + length)}
    assert {moment for at, to, _ in kept for moment in range(at, to)} <= covered
    assert all(kwh >= 0 for _, _, kwh in kept)
    assert sum(kwh for _, _, kwh in kept) <= sum(kwh for _, _, kwh in rows) + 1e-9
    shortest = min(length for _, length, _ in rows)
    for number, (at, length, kwh) in enumerate(rows):
        others = rows[:number] + rows[number + 1 :]
        if all(at + length <= other or other + step <= at for other, step, _ in others) or (
            length == shortest
            and all(at + length <= other or other + step <= at for other, step, _ in others if step == length)
        ):
            assert (at, at + length, kwh) in kept


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 4), min_size=48, max_size=48), st.sets(st.integers(0, 47)), st.floats(0, 3))
def test_a_day_and_its_half_hours_make_the_day(halves: list[float], missing: set[int], more: float) -> None:
    place = [number for number in range(48) if number not in missing]
    start = np.array([0, *(number * HOUR // 2 for number in place)], np.int64)
    end = np.array([DAY, *((number + 1) * HOUR // 2 for number in place)], np.int64)
    known = sum(halves[number] for number in place)
    found = energy.disjoint(Slices(start, end, np.array([known + more, *(halves[number] for number in place)])))
    assert int((found.end - found.start).sum()) == DAY
    assert float(found.kwh.sum()) == pytest.approx(known + (more if missing else 0))
