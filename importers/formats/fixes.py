"""Position fixes with any other fields, gathered into samples of the series ``position``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.records import Moment, Samples

ROWS = 20_000
"""Fixes of one batch, at most."""

FIELDS = 100
"""Other fields that a batch has columns for; a fix with further ones has no place here."""

DECODER = msgspec.json.Decoder(float_hook=Decimal)
"""Reads JSON and keeps every digit of its numbers."""


class Fixes:
    """Fixes of one subject. ``numeric``: fields whose column holds numbers, all others hold texts.

    ``incidental``: fields that do not make two fixes different (when a message was sent again).
    """

    def __init__(self, numeric: Collection[str], incidental: Collection[str] = (), subject: str = "") -> None:
        self._numeric = frozenset(numeric)
        self._incidental = frozenset(incidental)
        self._subject = subject
        self._clear()

    def _clear(self) -> None:
        self._when: list[Moment] = []
        self._places: list[tuple[str, str]] = []
        self._fields: dict[str, list[str | None]] = {}

    def add(self, when: Moment, lat: Any, lon: Any, fields: Mapping[str, Any]) -> bool:
        """Take one fix in degrees; False when it has no place on earth or too many fields."""
        place = _degrees(lat, 90), _degrees(lon, 180)
        if not all(place) or len(self._fields.keys() | fields.keys()) > FIELDS:
            return False
        rows = len(self._when)
        for name, value in fields.items():
            column = self._fields.setdefault(name, [])
            column.extend([None] * (rows - len(column)))
            column.append(_text(value))
        self._when.append(when)
        self._places.append(place)
        return True

    def due(self) -> Iterator[Samples]:
        """A batch, when enough has been gathered."""
        if len(self._when) >= ROWS:
            yield from self.rest()

    def rest(self) -> Iterator[Samples]:
        """Everything that is held."""
        if not self._when:
            return
        lat, lon = zip(*self._places, strict=True)
        columns: dict[str, Numbers | Texts] = {"lat": numbers(lat), "lon": numbers(lon)}
        for name, values in self._fields.items():
            values.extend([None] * (len(self._when) - len(values)))
            columns[name] = numbers(values) if name in self._numeric else texts(values)
        offsets = [when.offset for when in self._when]
        yield Samples(
            series="position",
            unit="deg",
            subject=self._subject,
            start=times(when.us for when in self._when),
            offset=numbers(offsets) if any(offset is not None for offset in offsets) else None,
            columns=columns,
            incidental=self._incidental & columns.keys(),
        )
        self._clear()


def _degrees(value: Any, limit: int) -> str:
    """A coordinate to the letter; '' when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return ""
    try:
        return str(value) if abs(Decimal(str(value))) <= limit else ""
    except ArithmeticError:
        return ""


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    return msgspec.json.encode(value, enc_hook=float).decode()
