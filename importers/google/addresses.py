"""What Google's addresses (URLs) hold: the page behind a redirect, the place in a map link. Nothing is ever opened."""

from __future__ import annotations

import re
from urllib.parse import unquote

_REDIRECT = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?(?:[^#]*?&)?(?:q|url)=([^&#]+)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:[?&](?:center|query|q|ll|daddr)=|/@)(-?\d{1,2}(?:\.\d{1,15})?)(?:,|%2C)(-?\d{1,3}(?:\.\d{1,15})?)"
)


def unwrapped(address: str) -> str:
    """The address behind ``google.com/url?q=…&usg=…``; any other one unchanged."""
    if "/url?" not in address:
        return address
    found = _REDIRECT.match(address)
    if found is None:
        return address
    return unquote(found.group(1))


def place(address: str) -> tuple[float, float] | None:
    """Latitude and longitude in a link to Google Maps (``center=``, ``query=``, ``q=``, ``/@``), degrees; or None."""
    found = _PLACE.search(address)
    if found is None:
        return None
    lat, lon = float(found.group(1)), float(found.group(2))
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
