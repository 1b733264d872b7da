"""The time zones of airports."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo


@cache
def _zones() -> dict[str, str]:
    lists = tomllib.loads(Path(__file__).with_name("airports.toml").read_text(encoding="utf-8"))
    return {code: zone for zone, codes in lists.items() for code in codes.split()}


def zone(code: str) -> ZoneInfo | None:
    """The zone of an airport by its IATA code; None when it is not in the table."""
    name = _zones().get(code.strip().upper())
    return ZoneInfo(name) if name else None
