"""Columns cut down to what they use, and put one behind the other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from importers.columns import in_use, joined, numbers

_WORDS = 5000
"""So many that few codes among them are looked at in another way."""


@given(st.lists(st.integers(0, 7), max_size=30), st.sampled_from((8, _WORDS)))
def test_codes_point_at_the_same_words_when_the_others_are_left_out(codes: list[int], words: int) -> None:
    used, at = in_use(np.array(codes, np.uint32), words)
    assert used.tolist() == sorted(set(codes))
    assert used[at].tolist() == codes


@given(st.lists(st.lists(st.sampled_from(("1", "-2.50", "1e5", None)), max_size=4), min_size=1, max_size=5))
def test_joined_columns_hold_all_texts_in_order(parts: list[list[str | None]]) -> None:
    whole = joined([numbers(part) for part in parts])
    assert list(whole.texts()) == [text for part in parts for text in part]
