"""What an archive is expected to bring, in words of both languages: a guess says so and feigns no exactness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault_app import plan_words, words
from vault_app.intake.expected import Expectation, rounded, together


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (7, 7), (99, 99), (101, 100), (105, 110), (995, 1_000), (12_345, 12_000), (987_654, 990_000)]
)  # fmt: skip
def test_a_guess_has_two_significant_digits(count: int, shown: int) -> None:
    assert rounded(count) == shown


@given(st.integers(1, 10**12))
def test_a_guess_is_never_further_from_the_number_than_a_twentieth(count: int) -> None:
    assert abs(rounded(count) - count) * 20 <= count
    assert len(str(rounded(count)).rstrip("0")) <= 2


def test_what_was_counted_stands_as_it_is_and_a_guess_says_so() -> None:
    counted = Expectation("x", kinds={"message": 12_431}, exact=True)
    guessed = Expectation("x", kinds={"message": 12_431})
    assert plan_words.lines(counted, "fr") == ["12\u202f431 messages"]
    assert plan_words.lines(guessed, "fr") == ["environ 12\u202f000 messages"]
    assert plan_words.lines(guessed, "en") == ["about 12,000 messages"]
    assert plan_words.total_text(guessed, "en") == "about 12,000 facts"
    assert plan_words.total_text(Expectation("x", parties=1, exact=True), "fr") == "1 fait"


def test_the_most_frequent_come_first_and_what_is_beyond_the_first_lines_is_one_line() -> None:
    kinds = {"message": 5, "call": 40, "post": 1, "note": 2}
    found = Expectation("x", kinds=kinds, series={"heart-rate": 700}, samples=0, parties=30, exact=True)
    assert plan_words.lines(found, "en") == [
        "700 measurements: heart rate", "40 calls", "30 people or organisations", "5 messages", "2 notes", "1 post",
    ]  # fmt: skip
    assert plan_words.lines(found, "en", most=4)[4:] == ["and 3 of other kinds"]


def test_facts_without_a_kind_are_told_apart_from_those_with_one() -> None:
    assert plan_words.lines(Expectation("x", facts=50), "en") == ["about 50 facts"]
    mixed = plan_words.lines(Expectation("x", kinds={"note": 9}, facts=50, samples=1_234), "en")
    assert mixed == [
        "about 1,200 measurements or positions",
        "about 50 facts whose kind shows when they are imported",
        "about 9 notes",
    ]


def test_the_name_of_a_series_that_the_archive_gave_is_one_short_line() -> None:
    (line,) = plan_words.lines(Expectation("x", series={"a\nb" + "c" * 900: 3}, exact=True), "fr")
    assert line.startswith("3 mesures\u00a0: a b")
    assert len(line) < 100


def test_a_sum_is_exact_when_all_its_parts_are() -> None:
    one = Expectation("x", kinds={"note": 2}, series={"steps": 1}, facts=1, samples=2, parties=3, exact=True)
    both = together([one, Expectation("y", kinds={"note": 5, "call": 1}, exact=True)])
    assert (both.kinds, both.series, both.total, both.exact) == ({"note": 7, "call": 1}, {"steps": 1}, 15, True)
    assert together([one, Expectation("y")]).exact is False


def test_every_sentence_is_in_both_languages_with_the_same_gaps() -> None:
    for name, said in words.sentences("plan").items():
        assert said.keys() == {"fr", "en"}, name
        assert said["fr"].count("{") == said["en"].count("{"), name
        assert " :" not in said["fr"], name
        assert "'" not in said["fr"], name
