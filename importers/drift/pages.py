"""Of a web page the names that its makers gave to its parts: classes of elements, and fields (``itemprop``).

The words of a page are never looked at: a label and what a person wrote look the same there. Scripts, styles and
comments are no part of a page; a part of it may begin and end anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CLASS = "<class=>"
"""The place of class names."""

FIELD = "<itemprop=>"
"""The place of names of fields."""

_PLACES = {"class": CLASS, "itemprop": FIELD}
_HIDDEN = re.compile(r"<!--(?:.*?-->|.*\Z)|<(script|style)\b(?:.*?</\1\s*>|.*\Z)", re.DOTALL | re.IGNORECASE)
_ENDS = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_TAG = re.compile(rf"<[A-Za-z][\w:-]*+((?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+{_VALUE})?)*)\s*+/?>")
_ATTRIBUTE = re.compile(rf"([^\s\"'<>/=]++)\s*+=\s*+({_VALUE})")


def names(part: bytes, *, first: bool = True) -> Iterator[tuple[str, list[str]]]:
    """The names of each element of a part that has some, with their place. ``first``: the page begins here."""
    text = part.decode("utf-8", "ignore")
    for opening, closing in () if first else _ENDS:
        text = _after_the_end(text, opening, closing)
    for tag in _TAG.finditer(_HIDDEN.sub("", text)):
        for name, value in _ATTRIBUTE.findall(tag.group(1)):
            place = _PLACES.get(name.lower())
            given = value.strip("\"'").split() if place else []
            if place and given:
                yield place, given


def _after_the_end(text: str, opening: str, closing: str) -> str:
    """What follows the end of something that began before this part; all of it when nothing ends here."""
    small = text.lower()
    begun, ended = small.find(opening), small.find(closing)
    return text if ended < 0 or (0 <= begun < ended) or len(small) != len(text) else text[ended:]
