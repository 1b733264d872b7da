"""Hours and times by period are those of the facts."""

from __future__ import annotations

from collections import Counter

import pytest

from importers.records import Kind, Moment, Precision, Role
from tests.explore.by_hand import DAY, HOUR, bring, item, us
from vault_app import words
from vault_app.explore import facts, habits
from vault_app.explore.charts import CHARTS, available, chart
from vault_app.explore.periods import PARIS, local
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault


@pytest.mark.parametrize(("name", "kind"), [("listening-hours", Kind.LISTEN), ("watching-times", Kind.WATCH)])
@pytest.mark.parametrize("period", ["day", "month", "year"])
def test_buckets_are_the_sums_of_their_facts(camille: Vault, name: str, kind: Kind, period: str) -> None:
    length = {"day": 10, "month": 7, "year": 4}[period]
    expected: Counter[str] = Counter()
    for fact in facts.facts(camille, Selection(kinds=(kind,))):
        assert fact.start is not None
        weight = ((fact.end or fact.start) - fact.start) / HOUR if name.endswith("hours") else 1
        expected[local(fact.start, PARIS).isoformat()[:length]] += weight  # type: ignore[assignment]
    data = chart(name).data(camille, period, us("2023-01-01"), us("2024-12-31T12:00"))  # type: ignore[arg-type]
    assert {bucket.label: bucket.value or 0 for bucket in data.buckets} == {
        bucket.label: pytest.approx(expected[bucket.label]) for bucket in data.buckets
    }
    assert sum(bucket.value or 0 for bucket in data.buckets) == pytest.approx(sum(expected.values()))


def test_before_the_first_fact_nothing_is_known_and_between_facts_there_is_zero(vault: Vault) -> None:
    bring(vault, item(1, us("2024-03-10T12:00")), item(2, us("2024-03-12T12:00")))
    buckets = chart("watching-times").data(vault, "day", us("2024-03-08T12:00"), us("2024-03-14T12:00")).buckets
    assert [bucket.value for bucket in buckets] == [None, None, 1, 0, 1, 0, None]


def test_a_fact_of_which_only_the_day_is_known_stands_in_that_day(vault: Vault) -> None:
    moment = Moment(us("2024-03-12"), None, Precision.DAY)
    bring(vault, item(1, 0, when=moment))
    buckets = chart("watching-times").data(vault, "day", us("2024-03-12T08:00"), us("2024-03-12T09:00")).buckets
    assert [(bucket.label, bucket.value) for bucket in buckets] == [("2024-03-12", 1)]


def test_most_heard_artists_and_titles(camille: Vault) -> None:
    since, until = us("2024-01-01"), us("2025-01-01")
    every = list(facts.facts(camille, Selection(kinds=(Kind.LISTEN,), since=since, until=until)))
    artists = Counter(fact.parties[0].name for fact in every)
    top = habits.top_artists(camille, Kind.LISTEN, since, until, 3)
    assert [one.n for one in top] == [n for _, n in artists.most_common(3)]
    assert all(artists[one.name] == one.n for one in top)
    titles = Counter(fact.title for fact in every)
    best = habits.top_titles(camille, Kind.LISTEN, since, until, 2)
    assert habits.top(camille, Kind.LISTEN, "title", since, until, 2) == best
    assert habits.top(camille, Kind.LISTEN, "artist", since, until, 3) == top
    assert [one.n for one in best] == [n for _, n in titles.most_common(2)]
    hours = sum((fact.end or 0) - (fact.start or 0) for fact in every if fact.title == best[0].name) / HOUR
    assert best[0].hours == pytest.approx(hours)


def test_somebody_in_two_roles_counts_once(vault: Vault) -> None:
    roles = (Role("artist", "Nuit Claire"), Role("channel", "Nuit Claire"), Role("with", "Rose"))
    bring(vault, item(1, DAY, parties=roles), item(2, DAY + 1, parties=roles[:1]))
    assert [(one.name, one.n) for one in habits.top_artists(vault, Kind.WATCH, 0, 2 * DAY)] == [("Nuit Claire", 2)]


def test_only_charts_with_something_to_show_are_offered(camille: Vault, vault: Vault) -> None:
    assert available(vault) == []
    assert {one.id for one in available(camille)} == {one.id for one in CHARTS} - {"watching-hours"}


def test_hours_are_offered_when_one_source_of_several_says_ends(vault: Vault) -> None:
    bring(vault, *(item(number, number * DAY) for number in range(120)))
    assert "watching-hours" not in {one.id for one in available(vault)}
    bring(vault, item(1, 77 * DAY, end=77 * DAY + 2 * HOUR), source="netflix")
    assert "watching-hours" in {one.id for one in available(vault)}
    buckets = chart("watching-hours").data(vault, "year", 0, DAY).buckets
    assert [bucket.value for bucket in buckets] == [2.0]


def test_every_sentence_of_every_chart_exists_in_both_languages(camille: Vault) -> None:
    known = words.sentences("charts")
    assert all(set(sentence) == {"fr", "en"} for sentence in known.values())
    wanted = (
        {one.question for one in CHARTS} | {one.group for one in CHARTS} | {"habit-none", "electricity-none", "heat"}
    )
    for habit in habits.HABITS:
        wanted |= {f"{habit.id}-{ending}" for ending in ("part", "year", "year-more", "year-less", "year-same")}
    assert wanted <= set(known)
    for one in available(camille):
        span = one.span(camille)
        assert span is not None
        data = one.data(camille, "year", *span)
        assert data.summary.id in known
        assert "{" not in data.summary.sentence("fr") + data.summary.sentence("en")
