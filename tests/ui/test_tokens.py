"""Colours: contrast of each pair that is used, and no colour from elsewhere in the style sheet."""

from __future__ import annotations

import dataclasses
import re

import pytest

from vault_app.ui import theme, tokens
from vault_app.ui.tokens import DARK, LIGHT, PAIRS, Colours, contrast

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


@LOOKS
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_every_pair_has_the_contrast_that_wcag_asks_for(look: Colours, one: str, other: str, least: float) -> None:
    assert contrast(getattr(look, one), getattr(look, other)) >= least


@LOOKS
def test_chart_marks_stand_out_from_their_ground(look: Colours) -> None:
    for mark in look.marks:
        assert contrast(mark, look.surface) >= 3.0, mark


@LOOKS
def test_chart_marks_differ_from_each_other(look: Colours) -> None:
    assert len(set(look.marks)) == len(look.marks)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0b6e5f", "#0b6e5f", 1.0)]
)
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@LOOKS
def test_the_sheet_uses_no_colour_outside_the_tokens(look: Colours) -> None:
    sheet = theme.sheet(look)
    values = dataclasses.asdict(look)
    known = {value for name, value in values.items() if name not in {"name", "marks"}} | set(look.marks)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet)) <= known
    named = re.findall(
        r"(?:color|background|border[a-z-]*)\s*:[^;]*\b(white|black|gr[ae]y|red|green|blue|rgba?)\b", sheet
    )
    assert not named


@LOOKS
@pytest.mark.parametrize(
    ("front", "ground"),
    [
        ("text", "surface"),
        ("on_accent", "accent"),
        ("text", "chosen"),
        ("danger", "surface"),
        ("secondary", "ground"),
        ("accent", "surface"),
        ("secondary", "surface"),
        ("warning", "warning_ground"),
    ],
)
def test_what_the_sheet_puts_together_is_a_pair_that_is_checked(look: Colours, front: str, ground: str) -> None:
    assert any(pair[:2] == (front, ground) for pair in PAIRS)


def test_the_sheet_grows_with_the_text() -> None:
    assert "font-size: 26px" in theme.sheet(LIGHT, 100)
    assert "font-size: 52px" in theme.sheet(LIGHT, 200)
    assert tokens.TARGET >= 40
