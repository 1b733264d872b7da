"""One switch hides the words and numbers of facts, for a screen that others see; the rest stays usable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton

from tests.ui.windows import frame_of, go, house_of, settle, texts, wait_for, window_over
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.ui import blur
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.timeline import TimelineScreen
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault


@pytest.fixture
def blurred(qapp: QApplication, camille: Vault, settings: Settings) -> Iterator[Window]:
    settings.blur = True
    try:
        with window_over(qapp, camille, settings) as window:
            yield window
    finally:
        blur.turn(False)


def first_row(screen: SearchScreen | TimelineScreen, role: Qt.ItemDataRole) -> list[str]:
    model = screen.list.facts
    return [str(model.data(model.index(0, column), role)) for column in range(5)]


def test_lists_and_details_show_dots_also_to_screen_readers(blurred: Window, camille: Vault) -> None:
    known = [fact.title for fact in facts.facts(camille, Selection()) if fact.title and len(fact.title) > 5]
    assert len(known) > 20
    for name in ("search", "timeline"):
        screen = go(blurred, name)
        assert isinstance(screen, SearchScreen | TimelineScreen)
        wait_for(lambda screen=screen: screen.list.facts.fact(0), "the first page")
        shown, spoken = (
            first_row(screen, role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        )
        assert shown[3] == blur.DOTS
        assert all(shown[column] for column in (0, 2, 4)), "day, kind and source stay"
        assert all(blur.DOTS in cell for cell in spoken)
        screen.list.go_to(0)
        settle(blurred)
        assert screen.detail.toPlainText() == blur.DOTS
        everything = texts(frame_of(blurred)) + " ".join(shown + spoken)
        assert [title for title in known if title in everything] == []


def test_the_words_of_the_selection_and_the_preview_of_a_sharing_are_dots(blurred: Window) -> None:
    go(blurred, "timeline")
    house_of(blurred).selection = Selection(text="lyon")
    settle(blurred)
    assert f"« {blur.DOTS} »" in texts(frame_of(blurred))


def test_the_timeline_stays(blurred: Window) -> None:
    screen = go(blurred, "timeline")
    assert isinstance(screen, TimelineScreen)
    assert any(character.isdigit() for character in screen.view.accessibleName())


def test_the_switch_stands_under_display_and_is_remembered(
    qapp: QApplication, camille: Vault, settings: Settings
) -> None:
    with window_over(qapp, camille, settings) as window:
        (display,) = [b for b in frame_of(window).findChildren(QToolButton) if b.menu() is not None]
        switch = [action for action in display.menu().actions() if action.isCheckable()][-1]
        assert isinstance(switch, QAction)
        switch.trigger()
        settle(window)
        assert settings.blur
        assert blur.is_on()
        screen = go(window, "search")
        assert isinstance(screen, SearchScreen)
        wait_for(lambda: screen.list.facts.fact(0), "the first page")
        assert first_row(screen, Qt.ItemDataRole.DisplayRole)[3] == blur.DOTS
    blur.turn(False)


@pytest.mark.parametrize("text", ["a", "a much longer title than the other one", "42,50 €"])
def test_dots_do_not_tell_how_long_a_text_is(text: str) -> None:
    blur.turn(True)
    try:
        assert blur.hidden(text) == blur.DOTS
        assert blur.hidden(" ") == " "
    finally:
        blur.turn(False)
    assert blur.hidden(text) == text
