"""The start of the window. Before the first paint nothing is imported but Qt and the entrance."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from vault_app.vault.session_folder import SessionFolder

if TYPE_CHECKING:
    from vault_app.ui.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    options = _options(arguments)
    began = time.perf_counter()
    _harden()
    session = SessionFolder()
    session.refuse_caches()
    from PySide6.QtCore import QEvent, QTimer

    from vault_app.ui.settings import Settings, forget_dialogs

    forget_dialogs()
    settings = Settings(options.settings)
    if options.vault:
        settings.vault = options.vault
    _begin(session, settings)
    from PySide6.QtWidgets import QApplication

    from vault_app.ui import language, theme
    from vault_app.ui.window import Window

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Self Data Vault")
    app.setDesktopFileName("self-data-vault")
    language.speak(app, settings.language)
    theme.dress(app, settings.mode, settings.text_percent)
    again: list[bool] = []

    def relaunch() -> None:
        again.append(True)
        app.quit()

    window = Window(settings, relaunch, session)
    window.show()
    if options.timing:
        QTimer.singleShot(0, lambda: print(f"first paint {time.perf_counter() - began:.3f} s", flush=True))  # noqa: T201
    QTimer.singleShot(0, _sweep_trials)
    if options.leave:
        QTimer.singleShot(0, app.quit)
    code = app.exec()
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settings.save()
    session.end()
    if again:
        _replace_process(arguments if arguments is not None else sys.argv[1:])
    return code


def _begin(session: SessionFolder, settings: Settings) -> None:
    """Lay the session in the vault that will be opened; before there is one, in shared mode, on the key."""
    if settings.key is not None and session.into(settings.key):
        session.sweep()
    known = settings.vault
    if known is not None and (known / "header.a").is_file():
        session.into(known)


def _sweep_trials() -> None:
    from vault_app.learn.left_trials import sweep

    sweep()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="self-data-vault", description="The window of Self Data Vault.")
    parser.add_argument("--vault", type=Path, help="the vault folder to open")
    parser.add_argument("--settings", type=Path, help="another settings file")
    parser.add_argument("--timing", action="store_true", help="print when the first paint was done")
    parser.add_argument("--leave", action="store_true", help="leave after the first paint")
    return parser.parse_args(arguments)


def _harden() -> None:
    """No network, no core file, no daemon that outlives us. Before the first thread."""
    from vault_app import tripwire
    from vault_app.intake.fence import deny_network
    from vault_app.intake.fence.limits import hide_memory

    os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    tripwire.arm()
    deny_network()
    hide_memory()


def _replace_process(arguments: list[str]) -> None:
    """Start anew in this process's place: nothing that was shown stays in memory."""
    command = (
        [sys.executable, *arguments]
        if getattr(sys, "frozen", False)
        else [sys.executable, "-m", "vault_app.ui.app", *arguments]
    )
    with contextlib.suppress(OSError):  # the program lay on the key that was pulled out: ending is all that is left
        os.execv(command[0], command)  # noqa: S606 - our own program, no shell


if __name__ == "__main__":
    sys.exit(main())
