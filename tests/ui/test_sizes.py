"""Nothing is cut: at 200 % text, in the smallest window, and with words that are 40 % longer than ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from tests.ui.windows import SCREENS, closed_window, frame_of, go, house_of, settings_in, settle, wait_for, window_over
from vault_app.learn.camille import write_archives
from vault_app.ui import language
from vault_app.ui.flows.arrival import State
from vault_app.ui.flows.first_run import PAGES
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

SIZES = pytest.mark.parametrize(
    ("size", "percent", "tongue"),
    [((1280, 800), 200, "fr"), ((1024, 640), 100, "fr"), ((1024, 640), 100, "longer")],
    ids=["200%", "small", "small-longer"],
)


class Longer(QTranslator):
    """French, each text 40 % longer, so that a text that only just fits is seen."""

    def __init__(self, french: QTranslator) -> None:
        super().__init__()
        self._french = french

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        text = self._french.translate(context, source, disambiguation, n)
        return text + "~" * round(len(text) * 0.4) if text else ""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


@contextmanager
def speaking(tongue: str) -> Iterator[None]:
    """The window's words in French, or in the longer French."""
    if tongue != "longer":
        yield
        return
    language.speak(QCoreApplication.instance(), "fr")
    longer = Longer(language._installed[-1])
    QCoreApplication.installTranslator(longer)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(longer)


def wrong_sizes(root: QWidget) -> list[str]:
    """Controls that are cut, too small to hit, or lower than ours shall be."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox):
            continue
        if isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
            continue
        if isinstance(widget, QToolButton) and isinstance(widget.parentWidget(), QLineEdit):
            continue
        name = f"{type(widget).__name__} « {widget.text() if hasattr(widget, 'text') else widget.accessibleName()} »"
        hint = widget.sizeHint()
        cuts = isinstance(widget, QPushButton | QCheckBox | QRadioButton | QToolButton)
        if cuts and widget.width() < hint.width():
            found.append(f"{name}: {widget.width()} wide, needs {hint.width()}")
        if widget.height() < min(hint.height(), 40) or widget.height() < 24 or widget.width() < 24:
            found.append(f"{name}: {widget.width()} x {widget.height()}")
        if isinstance(widget, QPushButton | QToolButton) and widget.property("role") != "chip" and widget.height() < 40:
            found.append(f"{name}: {widget.height()} high, ours are 40")
        found += [f"{name}: {edge}" for edge in outside(widget)]
    for label in root.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap() and label.width() < label.sizeHint().width() - 1:
            found.append(f"label « {label.text()} »: {label.width()} wide, needs {label.sizeHint().width()}")
        if (
            label.isVisible()
            and label.text()
            and label.wordWrap()
            and label.height() < label.heightForWidth(label.width()) - 1
        ):
            found.append(
                f"label « {label.text()} »: {label.height()} high, needs {label.heightForWidth(label.width())}"
            )
    return found


def outside(widget: QWidget) -> Iterator[str]:
    """How a control hangs out of what holds it. A page that scrolls up and down may be longer, never wider."""
    window = widget.window()
    left = widget.mapTo(window, widget.rect().topLeft()).x()
    if left < 0 or left + widget.width() > window.width():
        yield "outside the window"
    above, scrolls = widget.parentWidget(), False
    while above is not None and above is not window:
        scrolls = scrolls or isinstance(above.parentWidget(), QScrollArea)
        top = widget.mapTo(above, widget.rect().topLeft())
        inside_x = top.x() >= 0 and top.x() + widget.width() <= above.width()
        inside_y = scrolls or (top.y() >= 0 and top.y() + widget.height() <= above.height())
        if not (inside_x and inside_y):
            yield f"outside its {type(above).__name__}"
            return
        above = above.parentWidget()


def sideways(root: QWidget) -> list[str]:
    """Pages that can only be read by scrolling sideways."""
    areas = [area for area in root.findChildren(QScrollArea) if area.isVisible()]
    return [
        f"{type(area.parent()).__name__} scrolls sideways" for area in areas if area.horizontalScrollBar().maximum()
    ]


@SIZES
def test_nothing_is_cut_on_any_screen(
    qapp: QApplication, camille: Vault, tmp_path: Path, size: tuple[int, int], percent: int, tongue: str
) -> None:
    with speaking(tongue), window_over(qapp, camille, settings_in(tmp_path, "fr", percent=percent), size) as window:
        with speaking(tongue):
            window.build("home")
            settle(window)
            found = {name: wrong_sizes(show(window, name, tmp_path)) + sideways(window) for name in SCREENS}
        assert (window.width(), window.height()) == size
    assert [f"{name}: {row}" for name, rows in found.items() for row in rows] == []


def show(window: Window, name: str, place: Path) -> Window:
    if name == "inbox":
        (place / "Arrivées").mkdir()
        (arrival,) = house_of(window).finds.add(write_archives(place / "Arrivées")[2:3])
        wait_for(lambda: arrival.state is State.PLANNED, "the plan")
        house_of(window).finds.shown = arrival
    go(window, name)
    frame_of(window)
    return window


@SIZES
def test_nothing_is_cut_at_the_entrance(
    qapp: QApplication, tmp_path: Path, size: tuple[int, int], percent: int, tongue: str
) -> None:
    with closed_window(qapp, settings_in(tmp_path, "fr", percent=percent)) as window, speaking(tongue):
        window.resize(*size)
        window.enter()
        entrance = window.centralWidget()
        assert isinstance(entrance, Entrance)
        welcome = entrance.show_welcome()
        found = {}
        for page in range(len(PAGES)):
            welcome.flow.page = page
            welcome.show_page()
            settle(window)
            found[PAGES[page]] = wrong_sizes(window) + sideways(window)
        entrance.show_unlock()
        settle(window)
        found["unlock"] = wrong_sizes(window) + sideways(window)
    assert [f"{name}: {row}" for name, rows in found.items() for row in rows] == []
