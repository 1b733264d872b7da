"""The time zones of airports. The table is read with the module: while an archive is read no file may be opened."""

from __future__ import annotations

import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

_LISTS: dict[str, str] = tomllib.loads(Path(__file__).with_name("airports.toml").read_text(encoding="utf-8"))
_ZONES = {code: ZoneInfo(name) for name, codes in _LISTS.items() for code in codes.split()}


def zone(code: str) -> ZoneInfo | None:
    """The zone of an airport by its IATA code; None when it is not in the table."""
    return _ZONES.get(code.strip().upper())
