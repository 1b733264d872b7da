"""Sentences for people, in French and English, by id. No Qt here: screens and commands share them.

They live in ``resources/words``: ``kinds.toml``, and in ``errors``, ``notices`` and ``skips`` one file a room.
"""

from __future__ import annotations

import locale
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importers.records import Kind

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class KindWords:
    """How a kind is called, and a sentence that explains it; ``sensitive``: GDPR article 9 may apply."""

    one: str
    many: str
    sentence: str
    sensitive: bool


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def language() -> str:
    """``fr`` or ``en``, by the person's surroundings; French first."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    wanted = wanted or (locale.getlocale()[0] or "")
    return "en" if wanted.lower().startswith(("en", "c.", "posix")) or wanted == "C" else "fr"


@cache
def sentences(group: str) -> dict[str, dict[str, str]]:
    """All sentences of a group (``errors``, ``notices``, ``skips``) by id, then by language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((RESOURCES / "words" / group).glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def sentence(group: str, name: str, tongue: str, **values: str) -> str:
    """The sentence of an id; the id itself when there is none (a test keeps that from happening)."""
    words = sentences(group).get(name)
    if words is None:
        return name
    return words[tongue].format_map(_Values(values)).strip()


@cache
def kind(name: Kind, tongue: str) -> KindWords:
    """The words of a kind."""
    row = _kinds()[str(name)]
    return KindWords(row[tongue]["one"], row[tongue]["many"], row[tongue]["sentence"], row["sensitive"])


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return tomllib.loads((RESOURCES / "words" / "kinds.toml").read_text(encoding="utf-8"))
