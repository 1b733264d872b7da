"""A tripwire: any attempt of Python code to reach the network, a browser or another program's opener raises.

There is no networking code here; this catches a library that has some. The one exception is the button that opens a
link after it was shown in full: it works inside ``opening_a_link``.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

OPENERS: Final = frozenset({"webbrowser.open", "os.startfile", "os.startfile/2"})
_NETWORK: Final = (
    "socket.",
    "urllib.Request",
    "http.client.",
    "ftplib.",
    "smtplib.",
    "poplib.",
    "imaplib.",
    "telnetlib.",
)

_state = threading.local()
_armed = threading.Event()


class NetworkRefused(PermissionError):
    """Something tried to leave the machine. The message names the kind of event, never an address."""


def arm() -> None:
    """Set the tripwire for the rest of the process. Cannot be taken back; the second time does nothing."""
    if _armed.is_set():
        return
    _armed.set()
    sys.addaudithook(_watch)


@contextmanager
def opening_a_link() -> Iterator[None]:
    """Inside, this thread may hand a link to the system's browser. Sockets stay refused."""
    _state.link = True
    try:
        yield
    finally:
        _state.link = False


def _watch(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_NETWORK):
        raise NetworkRefused(event)
    if event in OPENERS and not getattr(_state, "link", False):
        raise NetworkRefused(event)
