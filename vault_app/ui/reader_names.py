"""What an importer reads, in words for a person."""

from __future__ import annotations

from vault_app import words
from vault_app.ui.language import tongue


def reader_name(reader: str) -> str:
    """The words for an importer's id; the id itself, spelled out, when there are none."""
    found = words.sentences("readers").get(reader)
    return found[tongue()] if found else reader.partition(".")[2].replace("_", " ")
