"""How services are called on screen. An unknown source shows its own name."""

from __future__ import annotations

from vault_app import words
from vault_app.ui.language import tongue


def source_name(source: str) -> str:
    """The name of a source for a person."""
    found = words.sentences("sources").get(source)
    return found[tongue()] if found else source
