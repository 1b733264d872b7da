"""What an original JSON file says, and whether what was read from it still says all of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from importers.columns import Numbers, Texts
from importers.google.times import moment
from importers.records import Item, Samples
from tests.importing import Run

_PLACE = re.compile(r"(?:geo:)?(-?[\d.]+)°?, ?(-?[\d.]+)°?\Z")

_NUMBER = re.compile(r"-?\d+\.\d+\Z")


def lost(original: Path, found: Run) -> dict[str, int]:
    """Values of the original that stand neither in a column nor in the details of any record, and how often."""
    wanted = Counter(_comparable(leaf) for leaf in _leaves(json.loads(original.read_bytes())))
    kept: Counter[str] = Counter()
    for item in found.items:
        kept.update(_of_item(item))
    for party in found.parties:
        details = msgspec.json.decode(party.details) if isinstance(party.details, bytes) else party.details
        kept.update(_comparable(leaf) for leaf in _leaves(details))
    for samples in found.samples:
        kept.update(_of_samples(samples))
    return dict(wanted - kept)


def _of_item(item: Item) -> Iterator[str]:
    details = msgspec.json.decode(item.details) if isinstance(item.details, bytes) and item.details else item.details
    yield from map(_comparable, _leaves(details or {}))
    yield from (text for text in (item.title, item.text) if text)
    if item.when:
        yield f"time {item.when.us}"


def _of_samples(samples: Samples) -> Iterator[str]:
    yield from (f"time {us}" for us in samples.start.tolist())
    for us in (samples.start.tolist(), samples.end.tolist() if samples.end is not None else []):
        yield from (str(at * 1000) for at in us)
    yield from [samples.subject] * bool(samples.subject)
    yield from (text for text in (samples.value.texts() if samples.value is not None else ()) if text)
    for name, column in samples.columns.items():
        assert isinstance(column, Numbers | Texts)
        for text in column.texts():
            if text is not None:
                yield from _of_cell(name, text)
    if "startTime" in samples.columns:  # a path: the phone may give a point's time as minutes after it
        for us, first in zip(samples.start.tolist(), samples.columns["startTime"].texts(), strict=True):
            began = moment(first or "")
            yield str((us - began.us) // 60_000_000 if began else None)
    if "lat" not in samples.columns:
        return
    rows = zip(samples.columns["lat"].texts(), samples.columns["lon"].texts(), strict=True)
    yield from (f"{lat},{lon}" for lat, lon in rows)


def _of_cell(name: str, text: str) -> Iterator[str]:
    if name in {"lat", "lon"}:
        yield text.replace(".", "").lstrip("0") or "0"
    elif name in {"serverTimestamp", "deviceTimestamp"}:
        whole, _, thousandths = text.partition(".")
        yield f"time {int(whole) * 1_000_000 + int(thousandths or 0) * 1000}"
    elif text.startswith(("[", "{")):
        yield from map(_comparable, _leaves(json.loads(text)))
    else:
        yield text if text.lstrip("-").isdigit() and name != "timestampMs" else _comparable(text)
        if _NUMBER.match(text):
            yield json.dumps(float(text))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def _comparable(leaf: Any) -> str:
    """A value in one spelling: times as microseconds, coordinates without signs, everything else as its text."""
    if not isinstance(leaf, str):
        return json.dumps(leaf)
    when = moment(leaf) if len(leaf) > 9 else None
    if when:
        return f"time {when.us}"
    place = _PLACE.match(leaf)
    return f"{place[1]},{place[2]}" if place else leaf
