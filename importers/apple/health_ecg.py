"""Electrocardiograms of the watch: one CSV each, labels in the language of the phone, then one voltage a line.

The labels differ by language and are kept as they are; what is needed is found by its shape: the stamp, the rate in
hertz, the unit. French files write the decimal mark as a comma.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from importers.columns import Numbers, numbers
from importers.contract import Member, Rule, importer
from importers.formats.digit_columns import stamp
from importers.formats.few_notices import few_notices
from importers.formats.sniff import decode
from importers.records import File, Item, Kind, Moment, Notice, Record, Samples

_LIMIT = 32 << 20
_FOLDER = "**/electrocardiograms/*.csv"
_VOLTAGE = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,18})?\Z", re.ASCII)
_RATE = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:hertz|hz)\b", re.IGNORECASE | re.ASCII)
_UNITS = ("µV", "μV", "mV", "V")
_HEADER_LINES = 100
_ROWS = 50_000


@importer(
    Rule(members=(_FOLDER,), contains=("µV", "hertz")),
    Rule(members=(_FOLDER,), contains=("μV", "hertz")),
    Rule(members=(_FOLDER,), contains=("µV", "Hz")),
    Rule(members=(_FOLDER,), shape="csv", named=True),
    Rule(members=(_FOLDER,), shape="text", named=True),
    source="apple",
    reads="electrocardiograms",
    product="health",
)
def electrocardiogram(member: Member) -> Iterator[Record]:
    """One item with the labels and the result, and the curve as series ``electrocardiogram``."""
    yield from few_notices(_records(member))


def _records(member: Member) -> Iterator[Record]:
    header, lines = _split(decode(member.read(_LIMIT)).splitlines())
    stated = [text for texts in header.values() for text in texts]
    start = next((found for found in map(stamp, stated) if found is not None), None)
    rate = next((float(found[1].replace(",", ".")) for found in map(_RATE.match, stated) if found), 0.0)
    unit = next((unit for unit in _UNITS if unit in stated), "")
    details: dict[str, Any] = {label: texts[0] if len(texts) == 1 else texts for label, texts in header.items()}
    title = next(iter(header.get("Classification", [])), "")
    if start is None or rate <= 0:
        yield Notice("apple-ecg-no-time")
        key = ("ecg", hashlib.blake2b("\n".join(lines).encode(), digest_size=12).hexdigest())
        file = File(name=member.path.rsplit("/", 1)[-1], pieces=member.pieces, media_type="text/csv")
        yield Item(kind=Kind.MEASUREMENT, key=key, title=title, details=details, files=(file,))
        return
    voltages = [line.replace(",", ".") for _, line in _voltages(lines)]
    for number, line in (found for found in _voltages(lines) if not _VOLTAGE.match(found[1])):
        yield Notice("apple-ecg-line", f"voltage {number}", str(len(line)))
    if any("," in line for line in lines):
        details["decimal mark"] = ","
    moments = start[0] + np.round(np.arange(len(voltages)) * (1e6 / rate)).astype(np.int64)
    digest = hashlib.blake2b("\n".join(voltages).encode(), digest_size=12).hexdigest()
    yield Item(
        kind=Kind.MEASUREMENT,
        key=("ecg", start[0], digest),
        when=Moment(*start),
        end=int(moments[-1]) if len(moments) else None,
        title=title,
        details=details,
    )
    for at in range(0, len(voltages), _ROWS):
        part = moments[at : at + _ROWS]
        offset = Numbers(np.full(len(part), start[1], np.int64), np.zeros(len(part), np.uint8))
        yield Samples(
            series="electrocardiogram",
            unit=unit,
            start=part,
            value=numbers(voltages[at : at + _ROWS]),
            offset=offset,
            incidental=frozenset({"offset"}),
        )


def _split(lines: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """The labelled lines, and all lines from the first voltage on."""
    header: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        if _VOLTAGE.match(_bare(line)) or number >= _HEADER_LINES:
            return header, lines[number:]
        cells = next(csv.reader([line[:_ROWS]]), [])
        if cells:
            header.setdefault(cells[0].strip(), []).append(",".join(cells[1:]).strip())
    return header, []


def _voltages(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, bare of quotes, counted from 1."""
    return enumerate((bare for bare in map(_bare, lines) if bare), 1)


def _bare(line: str) -> str:
    return line.strip().strip('"').rstrip(";")
