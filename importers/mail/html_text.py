"""The words of an HTML mail as plain text. Nothing is loaded, no tree is built, time grows with the length only."""

from __future__ import annotations

import re

from importers.formats.entities import unescaped

_OPENING = re.compile(r"<!--|<(style|script|head|title)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|br|tr|li|ul|ol|table|h[1-6]|blockquote|pre|hr|section|article|header|footer)\b[^<>]*>", re.IGNORECASE
)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_LINE_ENDS = re.compile(r" ?\x00[ \x00]*")


def plain(markup: str) -> str:
    """Text by lines; styles, scripts and comments left out, entities decoded, empty lines gone."""
    text = _SPACES.sub(" ", _without_hidden(markup.replace("\x00", "")))
    text = _BREAK.sub("\x00", text)
    text = _TAG.sub("", _CELL.sub(" ", text))
    text = unescaped(text) if "&" in text else text
    return _LINE_ENDS.sub("\n", text.replace("\xa0", " ")).strip()


def _without_hidden(markup: str) -> str:
    """The markup without what is never shown; an element without an end is only its tag."""
    shown: list[str] = []
    missing: set[str] = set()
    lower = ""
    at = 0
    while found := _OPENING.search(markup, at):
        name = (found[1] or "").lower()
        ending = {"": "-->", "head": "</head>"}.get(name, f"</{name}")  # a header is no head
        lower = lower or _ascii_lower(markup)
        end = -1 if ending in missing else lower.find(ending, found.end())
        shown.append(markup[at : found.start()])
        if end < 0:
            missing.add(ending)
            at = found.end()
            continue
        close = markup.find(">", end)
        at = close + 1 if close >= 0 else len(markup)
    shown.append(markup[at:])
    return "".join(shown)


def _ascii_lower(text: str) -> str:
    """Lower case that keeps every character's place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else re.sub("[A-Z]+", lambda found: found[0].lower(), text)
