"""The words of a Skype message: markup within JSON, made plain. The markup itself is kept by the reader."""

from __future__ import annotations

import re

from importers.formats.entities import unescaped

_QUOTED = re.compile(r"<legacyquote>.*?</legacyquote>|<e_m\b[^>]*>(?:.*?</e_m>)?", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z_][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_NAME = re.compile(r"""<OriginalName\b[^<>]*\bv\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_DOCUMENT = re.compile(r"""\b(?:doc_id|uri)\s*=\s*["'](?:[^"']*/)?(0-[a-z0-9-]{5,200})""", re.IGNORECASE)
_DURATION = re.compile(r"<duration>\s*(\d{1,7})(?:\.\d+)?\s*</duration>", re.IGNORECASE)
_LIST = re.compile(r"""<partlist\b[^<>]*\btype\s*=\s*["']([A-Za-z]{1,20})["']""", re.IGNORECASE)


def plain(content: str) -> str:
    """Words without markup: quotes keep what was quoted, marks of an edit go, a file is its name."""
    names = _NAME.findall(content)
    if names:
        return unescaped(", ".join(names))
    called = _LIST.search(content)
    if called:
        return called[1]
    if "<" not in content and "&" not in content:
        return content
    return unescaped(_TAG.sub("", _BREAK.sub("\n", _QUOTED.sub("", content)))).strip()


def documents(content: str) -> tuple[str, ...]:
    """Identifiers of the files that a message shares."""
    return tuple(dict.fromkeys(found.rpartition("/")[2] for found in _DOCUMENT.findall(content)))


def file_name(content: str) -> str:
    """What a shared file was called; '' when the message does not say."""
    found = _NAME.search(content)
    return unescaped(found[1]) if found else ""


def seconds(content: str) -> int:
    """How long a call lasted: the longest of those who took part; 0 when it does not say."""
    return max((int(found) for found in _DURATION.findall(content)), default=0)
