"""How series are called on screen. An unknown series shows its own name, with spaces."""

from __future__ import annotations

from vault_app import words
from vault_app.ui.language import tongue


def series_name(name: str) -> str:
    """The name of a series for a person."""
    found = words.sentences("series").get(name)
    return found[tongue()] if found else name.replace("-", " ")
