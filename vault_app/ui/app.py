"""The start of the window. Before the first paint nothing is imported but Qt and the entrance."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Open the window; returns the exit code."""
    options = _options(arguments)
    began = time.perf_counter()
    _harden()
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    from vault_app.ui import language, theme
    from vault_app.ui.settings import Settings
    from vault_app.ui.window import Window

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Self Data Vault")
    app.setDesktopFileName("self-data-vault")
    settings = Settings(options.settings)
    if options.vault:
        settings.vault = options.vault
    language.speak(app, settings.language)
    theme.dress(app, settings.mode, settings.text_percent)
    again: list[bool] = []

    def relaunch() -> None:
        again.append(True)
        app.quit()

    window = Window(settings, relaunch)
    window.show()
    if options.timing:
        QTimer.singleShot(0, lambda: print(f"first paint {time.perf_counter() - began:.3f} s", flush=True))  # noqa: T201
    if options.leave:
        QTimer.singleShot(0, app.quit)
    code = app.exec()
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settings.save()
    if again:
        _replace_process(arguments if arguments is not None else sys.argv[1:])
    return code


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
    os.execv(command[0], command)  # noqa: S606 - our own program, no shell


if __name__ == "__main__":
    sys.exit(main())
