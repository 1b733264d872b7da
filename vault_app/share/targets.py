"""What facts and series can be written as. A target is a pure function from rows to text; it never sees the vault."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vault_app.explore.fact import FIELDS
from vault_app.share.dictionary import Entry

Row = Mapping[str, Any]

SAMPLE_FIELDS = ("start", "end", "value", "unit", "quality")
"""The fields of a sample, in order."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Guarded:
    """How many cells got an apostrophe because a spreadsheet would have run them as a formula."""

    cells: int = 0


@dataclass(frozen=True)
class Target:
    """A format that data can leave in. ``suffix`` of its files; ``lossless``: our own reader gives equal rows back.

    ``head`` writes what stands above the rows, ``line`` one row, ``dictionary`` the data dictionary.
    """

    id: str
    fr: str
    en: str
    suffix: str
    lossless: bool
    head: Callable[[tuple[str, ...]], str]
    line: Callable[[Row, tuple[str, ...], Guarded], str]
    dictionary: Callable[[Iterable[Entry]], str]

    def plain(self) -> dict[str, Any]:
        """The target as JSON values."""
        return {"id": self.id, "fr": self.fr, "en": self.en, "suffix": self.suffix, "lossless": self.lossless}


def _csv_row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _csv_head(fields: tuple[str, ...]) -> str:
    return _csv_row(fields)


def _csv_line(row: Row, fields: tuple[str, ...], guarded: Guarded) -> str:
    return _csv_row(_cell(row.get(field), guarded) for field in fields)


def _cell(value: Any, guarded: Guarded) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
    if text.startswith(_FORMULA) and not _is_number(text):
        guarded.cells += 1
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _csv_dictionary(entries: Iterable[Entry]) -> str:
    head = ("table", "field", "type", "unit", "fr", "en")
    return _csv_row(head) + "".join(_csv_row((e.table, e.field, e.type, e.unit, e.fr, e.en)) for e in entries)


def _json_head(_fields: tuple[str, ...]) -> str:
    return ""


def _json_line(row: Row, fields: tuple[str, ...], _guarded: Guarded) -> str:
    return json.dumps({field: row.get(field) for field in fields}, ensure_ascii=False) + "\n"


def _json_dictionary(entries: Iterable[Entry]) -> str:
    rows = [
        {"table": e.table, "field": e.field, "type": e.type, "unit": e.unit, "fr": e.fr, "en": e.en} for e in entries
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


TARGETS = {
    "csv": Target(
        "csv",
        "Tableur (CSV), avec l’explication des colonnes",
        "Spreadsheet (CSV), with what the columns mean",
        ".csv",
        lossless=False,
        head=_csv_head,
        line=_csv_line,
        dictionary=_csv_dictionary,
    ),
    "json": Target(
        "json",
        "Fichiers JSON (un fait par ligne), avec l’explication des champs",
        "JSON files (one fact a line), with what the fields mean",
        ".jsonl",
        lossless=True,
        head=_json_head,
        line=_json_line,
        dictionary=_json_dictionary,
    ),
}
"""All targets by id."""

FACT_FIELDS = FIELDS
