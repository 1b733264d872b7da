"""The fence: what the operating system refuses to the reading process, and to the application.

``lock_reader`` closes the process that reads untrusted archives: no file, no network, no other process, bounded memory
and time. What is open stays open, what is imported stays usable; codecs, time zones and modules that Python
would load late are loaded first (``preload``), others must be imported before.
``deny_network`` closes the network to the application itself. Nothing here can be taken back.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from vault_app.intake.fence import landlock, limits, macos, preload, seccomp, windows
from vault_app.intake.fence.limits import hide_memory

__all__ = ["Layer", "available", "deny_network", "hide_memory", "lock_reader"]


@dataclass(frozen=True)
class Layer:
    """One layer of the fence. ``tried``: whether this code was ever run on such a system by its authors."""

    name: str
    holds: bool
    tried: bool


def lock_reader(gib: float, open_files: int) -> tuple[str, ...]:
    """Close this process for reading an archive of so many GiB; returns the names of the layers that hold.

    ``open_files``: bound on open handles, those already open included. Layers that the system does not offer are left
    out, and reading goes on: see ``available``. Raises OSError when a limit that is offered cannot be set.
    """
    preload.everything()
    held = []
    if limits.bound(gib, open_files):
        held.append("limits")
    if limits.hide_memory():
        held.append("hidden-memory")
    if landlock.close_files():
        held.append("landlock")
    if seccomp.close_reader():
        held.append("seccomp")
    if windows.close_in_job(gib):
        held.append("job")
    if macos.close_pure_computation():
        held.append("sandbox")
    return tuple(held)


def deny_network() -> bool:
    """Refuse all sockets but those of the window system to this process and all its children (Linux).

    Call it before the first thread. False where the system does not offer it; there is no networking code anywhere.
    """
    return seccomp.close_network()


def available() -> tuple[Layer, ...]:
    """What this system offers, for the page that says so. Changes nothing."""
    if sys.platform == "win32":
        return (Layer("job", holds=True, tried=False),)
    if sys.platform == "darwin":
        return (Layer("limits", holds=True, tried=False), Layer("sandbox", holds=True, tried=False))
    return (
        Layer("limits", holds=True, tried=True),
        Layer("landlock", holds=landlock.version() > 0, tried=True),
        Layer("seccomp", holds=seccomp.offered(), tried=True),
        Layer("network", holds=seccomp.offered(), tried=True),
    )
