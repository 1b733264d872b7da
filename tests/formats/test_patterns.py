"""Patterns are such that every Python from 3.11 on matches them alike."""

from __future__ import annotations

import re
from pathlib import Path

_TOP = Path(__file__).resolve().parents[2]
_MIXTURE = re.compile(r"\)(?:[*+?]|\{\d+,?\d*\})\+")
_ONE_CHARACTER = re.compile(r"\(\?:\[\^[^\]]+\](?:\+\+)?\|\\\\?\.\)(?:[*+?]|\{\d+,?\d*\})\+")
"""Text between quotes with escapes: each alternative is told by its first character, nothing is ever taken back."""


def test_no_group_is_repeated_possessively() -> None:
    """Before 3.11.5 such a group keeps what its last, failed turn has eaten; ``(?>(?:...)*)`` says the same rightly."""
    found = [
        f"{path.relative_to(_TOP)}:{number}"
        for folder in ("importers", "vault_app")
        for path in sorted((_TOP / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"re\.compile|^\s*rb?f?[\"']|= rb?[\"']", line) and _MIXTURE.search(_ONE_CHARACTER.sub("", line))
    ]
    assert found == []
