"""Identities: what looks alike is told apart, with bounded memory."""

from __future__ import annotations

from importers.google.identity import REMEMBERED, Identities, Repeats
from importers.records import Kind


def test_only_what_looks_alike_carries_a_number() -> None:
    keys = [Identities().key(Kind.WATCH, 1_500_000, "Watched x", "", ("YouTube",)) for _ in range(2)]
    assert keys == [("activity", 1, "Watched x", "YouTube")] * 2
    one = Identities()
    numbered = [one.key(Kind.WATCH, 1_500_000, "Watched x", "", ("YouTube",)) for _ in range(3)]
    assert numbered[1:] == [(*keys[0], 1), (*keys[0], 2)]


def test_the_page_counts_more_than_the_sentence_and_the_second_more_than_the_millisecond() -> None:
    first = Identities().key(Kind.SEARCH, 1_500_000, "Vous avez recherché x", "https://x.example", ("Recherche",))
    second = Identities().key(Kind.SEARCH, 1_000_000, "Searched for x", "https://x.example", ("Search",))
    assert first == second


def test_recent_facts_are_remembered_and_old_ones_let_go() -> None:
    repeats = Repeats()
    assert [repeats.number("a"), repeats.number("a")] == [0, 1]
    for number in range(REMEMBERED - 1):
        repeats.number(number)
    assert repeats.number("a") == 2
    for number in range(3 * REMEMBERED):
        repeats.number(-1 - number)
    assert repeats.number("a") == 0
