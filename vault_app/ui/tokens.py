"""Design tokens: colours, sizes, distances. Every pair of ``PAIRS`` is checked for its contrast by a test.

Colours are ``#rrggbb``. Distances and sizes are pixels at 100 % text size.
"""

from __future__ import annotations

from dataclasses import dataclass

GAP = 8
"""The distance that all others are multiples of."""

TARGET = 42
"""Height of buttons and fields: never below 40."""

TEXT = 15
"""Size of running text in pixels."""


@dataclass(frozen=True)
class Colours:
    """One look. ``marks`` are chart colours, in the order in which they are given out."""

    name: str
    ground: str
    surface: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    warning_ground: str
    border: str
    line: str
    focus: str
    chosen: str
    mark_edge: str
    marks: tuple[str, ...]


LIGHT = Colours(
    name="light",
    ground="#f6f7f8",
    surface="#ffffff",
    text="#1b1f24",
    secondary="#56606b",
    accent="#0b6e5f",
    on_accent="#ffffff",
    danger="#b3261e",
    warning="#7a4d00",
    warning_ground="#fff4dc",
    border="#7a8591",
    line="#d5dade",
    focus="#0a58ca",
    chosen="#dcefeb",
    mark_edge="#1b1f24",
    marks=("#0072b2", "#c65500", "#008a63", "#a8508a", "#8a6d00", "#5b6770"),
)

DARK = Colours(
    name="dark",
    ground="#15181c",
    surface="#1e2329",
    text="#eceff1",
    secondary="#a9b3bd",
    accent="#5fd3bc",
    on_accent="#08201b",
    danger="#ff8a80",
    warning="#ffd180",
    warning_ground="#33270c",
    border="#84909c",
    line="#3a424b",
    focus="#8ab4ff",
    chosen="#1f3b37",
    mark_edge="#eceff1",
    marks=("#6ab7ea", "#ff9d57", "#4fd0a5", "#e39ac8", "#e3c458", "#aeb8c1"),
)

PAIRS = (
    ("text", "ground", 4.5),
    ("text", "surface", 4.5),
    ("text", "chosen", 4.5),
    ("secondary", "ground", 4.5),
    ("secondary", "surface", 4.5),
    ("secondary", "chosen", 4.5),
    ("accent", "surface", 4.5),
    ("accent", "ground", 4.5),
    ("on_accent", "accent", 4.5),
    ("danger", "surface", 4.5),
    ("danger", "ground", 4.5),
    ("warning", "warning_ground", 4.5),
    ("border", "surface", 3.0),
    ("border", "ground", 3.0),
    ("focus", "surface", 3.0),
    ("focus", "ground", 3.0),
)
"""Which colour stands on which, and the contrast that WCAG 2.2 asks for. Marks stand on ``surface`` with 3.0."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
