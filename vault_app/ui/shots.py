"""Pictures of every screen, with Camille's invented data: in French and English, light and dark, at a text size."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from vault_app.ui import language, theme
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window

if TYPE_CHECKING:
    from vault_app.ui.screens.entrance import Entrance
    from vault_app.vault.vault import Vault

SIZE = (1280, 800)


def main(arguments: list[str] | None = None) -> int:
    """Write the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/shots"))
    parser.add_argument("--language", nargs="*", default=["fr", "en"])
    parser.add_argument("--mode", nargs="*", default=["light", "dark"])
    parser.add_argument("--text", nargs="*", type=int, default=[100])
    parser.add_argument("--width", type=int, default=SIZE[0])
    parser.add_argument("--height", type=int, default=SIZE[1])
    options = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    from vault_app.learn.trial import make_trial

    options.out.mkdir(parents=True, exist_ok=True)
    trial = make_trial()
    try:
        for tongue in options.language:
            for mode in options.mode:
                for text in options.text:
                    name = f"{tongue}-{mode}-{text}"
                    size = (options.width, options.height)
                    for path in take(app, trial.vault, options.out, name, (tongue, mode, text), size):
                        print(path, flush=True)  # noqa: T201
    finally:
        trial.vault.close()
        trial.remove()
    return 0


def take(
    app: QApplication, vault: Vault, out: Path, name: str, look: tuple[str, str, int], size: tuple[int, int]
) -> Iterator[Path]:
    """Pictures of all screens in one language, mode and text size; the vault stays open."""
    from vault_app.learn.camille import write_archives

    tongue, mode, text = look
    with tempfile.TemporaryDirectory(prefix="selfdata-shots-") as place:
        settings = Settings(Path(place, "settings.ini"))
        settings.language, settings.mode, settings.text_percent = tongue, mode, text
        language.speak(app, tongue)
        theme.dress(app, mode, text)
        window = Window(settings, lambda: None)
        window.resize(*size)
        window.show()
        entrance = window.centralWidget()
        yield from _entrance(app, window, entrance, out, name)  # type: ignore[arg-type]
        window.open(vault)
        house, frame = window.house, window.frame
        assert house is not None
        assert frame is not None
        downloads = Path(place, "Téléchargements")
        downloads.mkdir()
        for screen in (
            "home",
            "inbox",
            "bring-in",
            "recipes",
            "timeline",
            "search",
            "people",
            "charts",
            "share",
            "security",
        ):
            if screen == "inbox":
                house.finds.add(write_archives(downloads)[:3])
            if screen == "bring-in":
                house.finds.shown = next(arrival for arrival in house.finds.arrivals if arrival.ready)
            if screen == "search":
                from dataclasses import replace

                house.selection = replace(house.selection, text="lyon")
            frame.show_screen(screen)
            settle(app, window)
            yield shoot(window, out / f"{screen}-{name}.png")
        frame.show_screen("timeline")
        settle(app, window)
        house.finds.stop()
        vault.changed.clear()
        window.house = None
        window.close()
        window.deleteLater()
        settle(app, window, 1)


def settle(app: QApplication, window: Window, rounds: int = 6) -> None:
    """Wait until no work is left and everything is painted."""
    for _ in range(rounds):
        deadline = QDeadlineTimer(20_000)
        while window.tasks.busy and not deadline.hasExpired():
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        pause = QDeadlineTimer(60)
        while not pause.hasExpired():
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def shoot(window: Window, path: Path) -> Path:
    """One picture."""
    window.grab().save(str(path))
    return path


def _entrance(app: QApplication, window: Window, entrance: Entrance, out: Path, name: str) -> Iterator[Path]:
    settle(app, window, 1)
    yield shoot(window, out / f"welcome-{name}.png")
    welcome = entrance.show_welcome()
    flow = welcome.flow
    for page in (1, 2, 3):
        flow.page = page
        flow.code = "A1B2-C3D4-E5F6-G7H8-J9K0-M1N2-P3Q4-R5S6"
        welcome.show_page()
        settle(app, window, 1)
        yield shoot(window, out / f"welcome{page + 1}-{name}.png")
    entrance.show_unlock()
    settle(app, window, 1)
    yield shoot(window, out / f"unlock-{name}.png")


if __name__ == "__main__":
    sys.exit(main())
