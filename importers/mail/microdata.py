"""Microdata of an HTML text as objects (HTML standard, chapter Microdata), without a tree and in one pass.

``itemscope`` begins an object, ``itemtype`` names it, ``itemprop`` gives it a value: that of ``content``, of ``href``,
``src`` or ``datetime`` where the element has one, else the words up to its end. Elements without an end close with the
element around them. ``itemref`` and ``itemid`` are not followed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

LOOKED_AT = 512 << 10
"""Characters of a text that are looked at, from the first object on."""

TAGS = 20_000
"""Tags that are looked at."""

OPEN = 150
"""Elements within elements that are followed."""

VALUES = 5_000
"""Values of one text."""

TEXT = 2_000
"""Characters of the longest value."""

PIECES = 20
"""Pieces between tags that the words of a value are put together from."""

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?=[\s/>])((?>(?:[^<>"']|"[^"<]*"|'[^'<]*')*))>""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z:-]{0,30})(?:\s{0,10}=\s{0,10}(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""")
_VOID = frozenset({*("meta", "link", "img", "br", "hr", "input", "area", "base", "col", "embed", "source", "wbr")})
_HIDDEN = frozenset({"style", "script"})
_ADDRESS = {"a": "href", "link": "href", "area": "href", "img": "src", "time": "datetime", "data": "value"}


@dataclass
class Read:
    """``roots``: the outer objects, in order; ``cut``: there is more than is looked at."""

    roots: list[dict[str, Any]] = field(default_factory=list)
    cut: bool = False


@dataclass
class _Element:
    name: str
    scope: dict[str, Any] | None = None
    holder: dict[str, Any] | None = None
    names: tuple[str, ...] = ()
    words: list[str] | None = None


def objects(markup: str) -> Read:
    """The outer objects of a text with everything inside them."""
    reading = _Reading()
    start = max(0, markup.find("itemscope") - 2_000)
    end = min(len(markup), start + LOOKED_AT)
    reading.result.cut = end < len(markup) and "itemscope" in markup[end:]
    at = start
    for number, tag in enumerate(_TAG.finditer(markup, start, end)):
        if number >= TAGS or reading.values >= VALUES:
            reading.result.cut = True
            break
        reading.text(markup, at, tag.start())
        reading.tag(tag[2].lower(), bool(tag[1]), tag[3])
        at = tag.end()
    reading.close(0)
    return reading.result


class _Reading:
    """The elements that are open, outermost first."""

    def __init__(self) -> None:
        self.result = Read()
        self.values = 0
        self._open: list[_Element] = []
        self._listening = 0

    def text(self, markup: str, start: int, end: int) -> None:
        """Words between two tags go to every value that is being gathered."""
        if not self._listening or start == end or (self._open and self._open[-1].name in _HIDDEN):
            return
        words = markup[start : min(end, start + TEXT)]
        for element in self._open:
            if element.words is not None and len(element.words) < PIECES:
                element.words.append(words)

    def tag(self, name: str, closing: bool, rest: str) -> None:  # noqa: FBT001 - it is one word of the tag
        if closing:
            self._end(name)
            return
        if "item" not in rest:
            if name not in _VOID:
                self._push(_Element(name))
            return
        given = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(rest)}
        holder = next((element.scope for element in reversed(self._open) if element.scope is not None), None)
        names = tuple(given.get("itemprop", "").split()[:5]) if holder is not None else ()
        if "itemscope" in given:
            self._object(name, given, holder, names)
            return
        value = given["content"] if "content" in given else given.get(_ADDRESS.get(name, "content"))
        if holder is not None and names and value is None and name not in _VOID:
            self._push(_Element(name, None, holder, names, []))
            return
        if holder is not None and value is not None:
            for each in names:
                self._put(holder, each, _shown(value))
        if name not in _VOID:
            self._push(_Element(name))

    def close(self, depth: int) -> None:
        """Close all elements from this place on."""
        while len(self._open) > depth:
            element = self._open.pop()
            if element.words is None or element.holder is None:
                continue
            self._listening -= 1
            for each in element.names:
                self._put(element.holder, each, _shown(" ".join(element.words)))

    def _object(self, name: str, given: dict[str, str], holder: dict[str, Any] | None, names: tuple[str, ...]) -> None:
        scope: dict[str, Any] = {}
        if given.get("itemtype"):
            scope["@type"] = [_shown(part) for part in given["itemtype"].split()[:5]]
        if holder is None:
            self.result.roots.append(scope)
            self.values += 1
        for each in names:
            if holder is not None:
                self._put(holder, each, scope)
        if name not in _VOID:
            self._push(_Element(name, scope))

    def _push(self, element: _Element) -> None:
        if len(self._open) >= OPEN:
            self.result.cut = True
            return
        self._listening += element.words is not None
        self._open.append(element)

    def _end(self, name: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].name == name:
                self.close(place)
                return

    def _put(self, holder: dict[str, Any], name: str, value: Any) -> None:
        self.values += 1
        if name not in holder:
            holder[name] = value
        elif isinstance(holder[name], list):
            holder[name].append(value)
        else:
            holder[name] = [holder[name], value]


def _shown(text: str) -> str:
    return " ".join(html.unescape(text[:TEXT]).split())
