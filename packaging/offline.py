# ruff: noqa: INP001 - a package here would hide the library of the same name
"""What a package must not hold, so that anybody can check that the application cannot reach a network.

``python3 packaging/offline.py FOLDER`` lists what is wrong with a built folder. Nothing listed and exit code 0: it
holds no module and no library that reaches a network, but the known ones of the window system.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

MODULES = frozenset(
    [
        "_asyncio",
        "_multiprocessing",
        "_socket",
        "_ssl",
        "asyncio",
        "ftplib",
        "http",
        "imaplib",
        "multiprocessing",
        "poplib",
        "smtplib",
        "socketserver",
        "ssl",
        "telnetlib",
        "urllib.request",
        "wsgiref",
        "xmlrpc",
        "requests",
        "urllib3",
        "certifi",
        "tornado",
        "PySide6.QtNetwork",
        "PySide6.QtNetworkAuth",
        "PySide6.QtQml",
        "PySide6.QtQuick",
        "PySide6.QtDBus",
        "PySide6.QtWebSockets",
        "PySide6.QtWebEngineCore",
    ]
)
"""Modules to leave out of a build; ``socket`` itself is replaced by ``packaging/no_network/socket.py``."""

FILES = re.compile(
    r"""
    (^|/)(_socket|_ssl|_asyncio|_multiprocessing)\.[^/]*(so|pyd|dll)$
    | (^|/)(lib)?Qt6?(Network|NetworkAuth|Qml|Quick|WebSockets|WebEngine|DBus|VirtualKeyboard)\w*\.(so|dll|dylib|abi3)
    | (^|/)Qt(Network|Qml|Quick|WebEngineCore|DBus)\.(abi3\.so|pyd|framework)
    | (^|/)plugins/(tls|networkinformation|virtualkeyboard)/
    | (^|/)plugins/(platforms/libqvnc|generic/libqtuiotouch|imageformats/(lib)?qsvg)
    | (^|/)(asyncio|http|multiprocessing|urllib3|certifi|requests|wsgiref|xmlrpc)/\w+\.pyc?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Paths inside a built folder that may not be there. ``qsvg``: Qt would read the files that a picture names."""

CALLS = (b"\0socket\0", b"\0connect\0", b"\0getaddrinfo\0")
"""Names in the table of symbols of a shared library that speaks to others."""

KNOWN_CALLERS = re.compile(
    r"^(libX\w+|libxcb\S*|libICE|libSM|libdbus-1|libgio-2|libglib-2|libgssapi_krb5|libkrb5\w*|libk5crypto"
    r"|libsystemd|libcrypto|libssl|libwayland\S*|libxkbcommon\S*|libpython3\S*|libc|libQt6Core|sqlcipher3|_sqlite3)[-.\d]"
)
"""Libraries of the window system and of cryptography that name such calls; they are kept, and never asked to."""


def wrong(folder: Path) -> Iterator[str]:
    """What a built folder holds that it must not, one path a line."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if FILES.search(name):
            yield name
        elif path.is_file() and _is_library(path) and speaks(path.read_bytes()) and not KNOWN_CALLERS.match(path.name):
            yield f"{name}: names socket, connect or getaddrinfo"


def speaks(content: bytes) -> bool:
    """Whether a library names a call that opens a connection."""
    return any(call in content for call in CALLS)


def _is_library(path: Path) -> bool:
    return ".so" in path.suffixes or path.suffix in {".dll", ".dylib", ".pyd"}


def main(arguments: list[str]) -> int:
    """Check one folder; returns the exit code."""
    found = list(wrong(Path(arguments[0])))
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
