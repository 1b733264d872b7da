"""Hiding the words and numbers of facts on a screen that others see: the text itself is replaced, not only its look.

So nothing of it reaches a screen reader, a copy or a picture of the window either. Kinds, sources, days and the
timeline stay. The length of a hidden text is not told: each is the same row of dots.
"""

from __future__ import annotations

from typing import Final

DOTS: Final = "••••••"
"""What stands in place of any text."""

_on = [False]


def is_on() -> bool:
    """Whether facts are hidden now."""
    return _on[0]


def turn(on: bool) -> None:
    """Hide facts from now on, or show them. Screens that are shown must be made anew."""
    _on[0] = on


def hidden(text: str) -> str:
    """A text of a fact as it may be shown now."""
    return DOTS if _on[0] and text.strip() else text
