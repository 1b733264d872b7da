"""The data dictionary that goes with every export: what each field means, in French and in English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from vault_app.words import RESOURCES


@dataclass(frozen=True)
class Entry:
    """One field: the file it is in, its name, type, unit and meaning."""

    table: str
    field: str
    type: str
    unit: str
    fr: str
    en: str


@cache
def entries() -> tuple[Entry, ...]:
    """All fields of the tables ``facts`` and ``series``, in the order in which they are written."""
    tables = tomllib.loads((RESOURCES / "words" / "dictionary.toml").read_text(encoding="utf-8"))
    return tuple(
        Entry(table, field, row["type"], row.get("unit", ""), row["fr"], row["en"])
        for table, fields in tables.items()
        for field, row in fields.items()
    )
