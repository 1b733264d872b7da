"""The text of a PDF's first pages as lines, bounded in bytes, pages, operators and time. Nothing else of it is read.

Cells of a table come in any order: pieces of text are put into lines by their height on the page. All that the reader
of PDFs would load late is loaded with this module, as the reading process can load nothing once it is locked.
"""

from __future__ import annotations

import io
import logging
import time
from collections import defaultdict
from contextlib import suppress
from contextvars import copy_context
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

LARGEST = 32 << 20
"""Bytes of the largest PDF whose text is looked at."""

PAGES = 3
"""Pages that are looked at."""

SECONDS = 2.0
"""Processor time for one document."""

_OPERATORS = 200_000
_LETTERS = 200_000
_SAME_LINE = 3
"""Points between two heights that are still one line."""

_LIMITS = pypdf.Configuration(
    maximum_declared_stream_length=8 << 20,
    array_based_stream_maximum_output_length=8 << 20,
    lzw_maximum_output_length=8 << 20,
    run_length_maximum_output_length=8 << 20,
    zlib_maximum_output_length=8 << 20,
    zlib_maximum_recovery_input_length=1 << 20,
    stream_decoding_work_maximum_length=32 << 20,
    stream_parsing_work_maximum_count=500_000,
    page_tree_maximum_entries=10_000,
    page_tree_maximum_page_entries=50_000,
)

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings quote what stands in the file

for _late in (*(found.name for found in walk_packages(pypdf.__path__, "pypdf.")), "fontTools.cffLib"):
    with suppress(ImportError):  # some want packages that are not there, and are not needed for text
        import_module(_late)


class _Enough(Exception):
    """The document asks for more than is given to one."""


def lines(data: bytes) -> list[str]:
    """The lines of the first pages, from top to bottom; empty when there is no text, or none that can be had.

    A page that asks for too much ends the reading; what was found before stays.
    """
    if len(data) > LARGEST:
        return []
    return copy_context().run(_lines, data)


def _lines(data: bytes) -> list[str]:
    pypdf.overwrite_configuration(_LIMITS)
    found: list[str] = []
    limit = _Limit()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), root_object_recovery_limit=1000)
        if reader.is_encrypted and not reader.decrypt(""):
            return []
        for number, page in enumerate(reader.pages):
            if number == PAGES:
                break
            taken = _Page(limit)
            try:
                page.extract_text(visitor_operand_before=taken.operator, visitor_text=taken.text)
            finally:
                found += taken.lines()
    except (PyPdfError, _Enough, RecursionError, MemoryError):
        return found
    except Exception:  # noqa: BLE001 - an untrusted file may break the reader in any way; the document is kept all the same
        return found
    return found


class _Limit:
    """What one document may cost."""

    def __init__(self) -> None:
        self._until = time.process_time() + SECONDS
        self._operators = _OPERATORS
        self._letters = _LETTERS

    def operator(self) -> None:
        """Count one; raises ``_Enough``."""
        self._operators -= 1
        if self._operators < 0 or (not self._operators % 256 and time.process_time() > self._until):
            raise _Enough

    def letters(self, count: int) -> None:
        """Count letters; raises ``_Enough``."""
        self._letters -= count
        if self._letters < 0:
            raise _Enough


class _Page:
    """The pieces of one page by their place."""

    def __init__(self, limit: _Limit) -> None:
        self._limit = limit
        self._rows: dict[int, list[tuple[float, str]]] = defaultdict(list)

    def operator(self, *_: Any) -> None:
        """One operator of the page, before it is carried out."""
        self._limit.operator()

    def text(self, text: str, cm: Any, tm: Any, *_: Any) -> None:
        """A piece of text with the two matrices that place it."""
        self._limit.letters(len(text))
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        for below, part in enumerate(text.strip("\n").split("\n")):
            if part.strip():
                self._rows[round(y) - below].append((x, part.strip()))

    def lines(self) -> list[str]:
        """The pieces as lines, from top to bottom and from left to right."""
        found: list[list[tuple[float, str]]] = []
        last: int | None = None
        for y in sorted(self._rows, reverse=True):
            if last is not None and last - y < _SAME_LINE:
                found[-1] += self._rows[y]
            else:
                found.append(list(self._rows[y]))
                last = y
        return [" ".join(text for _, text in sorted(row, key=lambda piece: piece[0])) for row in found]
