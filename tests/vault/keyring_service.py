"""A session bus of our own with gnome-keyring's Secret Service on it, unlocked; for tests, on Linux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

from vault_app.vault import system_keyring
from vault_app.vault.errors import NoKeyring

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")


def missing() -> str:
    """Why there is no such service here; '' when there is one."""
    if not sys.platform.startswith("linux"):
        return "the Secret Service is Linux only"
    gone = [name for name in PROGRAMS if shutil.which(name) is None]
    if find_library("secret-1") is None:
        gone.append("libsecret-1")
    return f"not installed: {', '.join(gone)}" if gone else ""


def _wait() -> None:
    """Until the service answers; fails with its refusal when it never does."""
    for attempt in range(100):
        try:
            system_keyring.find(bytes(16))
        except NoKeyring:
            if attempt == 99:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def running(home: Path) -> Iterator[None]:
    """Within the block this process's session bus is one of its own, whose secrets lie in ``home``."""
    place = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home / "run")}
    for name in ("data", "run"):
        (home / name).mkdir(mode=0o700)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "XDG", "GNOME"))} | place
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], env=clean, stdout=subprocess.PIPE, text=True
    )
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    service = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=clean | {"DBUS_SESSION_BUS_ADDRESS": address},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert service.stdin is not None
    service.stdin.write(b"phrase de la session")
    service.stdin.close()
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
    try:
        _wait()
        yield
    finally:
        for process in (service, bus):
            process.terminate()
            process.wait(10)
        bus.stdout.close()
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS")
        if before is not None:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
