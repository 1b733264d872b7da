"""A selection is its chips, and its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.records import KINDS, Kind
from vault_app.explore import chips
from vault_app.explore.chips import Chip
from vault_app.explore.selection import BadSelection, Selection

SELECTIONS = st.builds(
    Selection,
    sources=st.lists(st.text(), unique=True, max_size=3).map(tuple),
    kinds=st.lists(st.sampled_from(KINDS), unique=True, max_size=3).map(tuple),
    since=st.none() | st.integers(-(1 << 62), 1 << 62),
    until=st.none() | st.integers(-(1 << 62), 1 << 62),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    party=st.text(st.characters(exclude_categories=["Cs"])),
)


@given(SELECTIONS)
def test_a_selection_comes_back_from_its_chips_and_from_its_text(selection: Selection) -> None:
    assert chips.selection_of(chips.chips(selection)) == selection
    assert chips.read(chips.written(selection)) == selection


@given(SELECTIONS)
def test_each_chip_can_be_taken_away_until_everything_is_seen(selection: Selection) -> None:
    while not selection.is_everything:
        fewer = chips.without_chip(selection, chips.chips(selection)[0])
        assert len(chips.chips(fewer)) == len(chips.chips(selection)) - 1
        selection = fewer


def test_chips_name_what_they_limit() -> None:
    selection = Selection(("enedis", "google"), (Kind.STAY,), 5, None, "pain", "Rose")
    assert chips.chips(selection) == (
        Chip("span", ("5", "")),
        Chip("source", ("enedis",)),
        Chip("source", ("google",)),
        Chip("kind", ("stay",)),
        Chip("party", ("Rose",)),
        Chip("text", ("pain",)),
    )
    assert chips.with_chip(selection, Chip("kind", ("stay",))) == selection


@pytest.mark.parametrize("text", ["", "[]", '{"since":"x"}', '{"colour":1}', '{"kinds":["humeur"]}', "{"])
def test_a_text_that_is_no_selection_is_refused(text: str) -> None:
    with pytest.raises(BadSelection):
        chips.read(text)


@pytest.mark.parametrize("chip", [Chip("place", ("Lyon",)), Chip("kind", ("humeur",)), Chip("span", ("a", "b"))])
def test_a_chip_that_means_nothing_is_refused(chip: Chip) -> None:
    with pytest.raises(BadSelection):
        chips.with_chip(Selection(), chip)
