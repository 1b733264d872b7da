"""Web addresses in imported text, without Qt: found, and shown for what they are before anybody opens one."""

from __future__ import annotations

import re
import webbrowser
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from vault_app.tripwire import opening_a_link

MOST: Final = 50
"""Addresses of one text that are told."""

LONGEST: Final = 4000
"""Characters of an address; longer ones are not told."""

_ADDRESS: Final = re.compile(r"""https?://[^\s<>"'«»`\\^{}|]+""", re.IGNORECASE)
_TAIL: Final = ".,;:!?)]…’"


@dataclass(frozen=True)
class Address:
    """``text``: the whole address in ASCII. ``site``: where it leads, as the network would call it."""

    text: str
    site: str


def addresses(text: str) -> list[Address]:
    """The http and https addresses of a text, each once, in their order."""
    found: dict[str, Address] = {}
    for match in _ADDRESS.finditer(text):
        address = read(match[0].rstrip(_TAIL))
        if address is not None:
            found.setdefault(address.text, address)
        if len(found) == MOST:
            break
    return list(found.values())


def read(text: str) -> Address | None:
    """An address that may be opened, None for anything else. Letters that look like others get their ASCII spelling."""
    if len(text) > LONGEST or not text.isprintable() or not text.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # a host that is none, a port beyond all ports
        return None
    if not re.fullmatch(r"[a-z0-9_.:-]+", host) or "@" in parts.netloc:
        return None
    site = f"[{host}]" if ":" in host else host
    site = site if port is None else f"{site}:{port}"
    rest = _ascii(parts.path)
    query, mark = (_ascii(part) for part in (parts.query, parts.fragment))
    whole = f"{parts.scheme}://{site}{rest}" + (f"?{query}" if query else "") + (f"#{mark}" if mark else "")
    return Address(whole, site)


def open_in_browser(address: Address) -> bool:
    """Hand an address to the person's browser; False when there is none. The only door that leads out."""
    again = read(address.text)
    if again is None:
        return False
    with opening_a_link():
        return webbrowser.open(again.text)


def _ascii(text: str) -> str:
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in text)
