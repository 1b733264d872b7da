"""Characters written as entities (``&eacute;``, ``&#233;``), whatever stands there."""

from __future__ import annotations

import html
import re

_ENDLESS = re.compile(r"&#[0-9]{100,};?")
"""Python refuses to read a decimal number of more than 4,300 digits; no character has one of a hundred."""


def unescaped(text: str) -> str:
    """The text with its entities as characters, as HTML has them; a number that no character has becomes U+FFFD."""
    return html.unescape(_ENDLESS.sub("\ufffd", text) if "&#" in text else text)
