"""Everything without a mouse: Tab reaches every control and comes round, and the keys do what they promise."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QRadioButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from tests.ui.windows import (
    SCREENS,
    button_called,
    closed_window,
    frame_of,
    go,
    house_of,
    press,
    settle,
    wait_for,
    window_over,
)
from vault_app.learn.camille import write_archives
from vault_app.ui.flows.arrival import State
from vault_app.ui.flows.first_run import PAGES
from vault_app.ui.frame import ICONS
from vault_app.ui.screens.charts import ChartsScreen
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.timeline import TimelineScreen
from vault_app.ui.settings import Settings
from vault_app.ui.widgets.time_axis import HOUR
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qapp: QApplication, camille: Vault, settings: Settings) -> Iterator[Window]:
    with window_over(qapp, camille, settings) as made:
        made.activateWindow()
        wait_for(made.isActiveWindow, "the window to be active")
        yield made


def reachable(root: QWidget) -> set[QWidget]:
    """Controls that Tab has to reach."""
    return {
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea)
    }


def missed(wanted: set[QWidget], passed: set[QWidget]) -> set[str]:
    """What Tab never came to. Of buttons that exclude each other one is enough: arrows go to the others."""
    groups = [group_of(widget) for widget in passed if isinstance(widget, QAbstractButton)]
    by_arrows = {button for group in groups for button in group}
    return {describe(widget) for widget in wanted - passed - by_arrows}


def group_of(button: QAbstractButton) -> list[QAbstractButton]:
    """The buttons that arrows reach from this one."""
    group = button.group()
    if group is not None and group.exclusive():
        return list(group.buttons())
    if isinstance(button, QRadioButton) and button.autoExclusive():
        return list(button.parentWidget().findChildren(QRadioButton))
    return []


def tab_round(window: Window, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where the focus goes with each Tab, from the control that has it until it comes back to one that had it."""
    passed: list[QWidget] = []
    for _ in range(400):
        focus = window.focusWidget()
        assert focus is not None
        if focus in passed:
            return passed
        passed.append(focus)
        press(window, key)
    pytest.fail("Tab never comes back")


@pytest.mark.parametrize("name", SCREENS)
def test_tab_reaches_every_control_and_comes_back(window: Window, name: str, tmp_path: Path) -> None:
    if name in {"inbox", "bring-in"}:
        (tmp_path / "Arrivées").mkdir()
        house = house_of(window)
        (arrival,) = house.finds.add(write_archives(tmp_path / "Arrivées")[2:3])
        wait_for(lambda: arrival.state is State.PLANNED, "the plan")
        house.finds.shown = arrival
    screen = go(window, name)
    if isinstance(screen, SearchScreen | TimelineScreen):
        screen.list.go_to(0)
        settle(window)
    frame_of(window)._buttons["home"].setFocus()
    wanted = reachable(window)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        assert not missed(wanted, set(tab_round(window, key)))


def describe(widget: QWidget) -> str:
    """For a failure's message."""
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"


def test_tab_goes_round_the_entrance(qapp: QApplication, settings: Settings) -> None:
    with closed_window(qapp, settings) as window:
        entrance = window.centralWidget()
        assert isinstance(entrance, Entrance)
        welcome = entrance.show_welcome()
        for page in range(len(PAGES)):
            welcome.flow.page = page
            welcome.show_page()
            settle(window)
            assert not missed(reachable(welcome), set(tab_round(window))), PAGES[page]
        unlock = entrance.show_unlock()
        settle(window)
        assert not missed(reachable(unlock), set(tab_round(window)))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_the_entrance_begins_where_one_types(qapp: QApplication, settings: Settings, page: str) -> None:
    with closed_window(qapp, settings) as window:
        entrance = window.centralWidget()
        assert isinstance(entrance, Entrance)
        welcome = entrance.show_welcome()
        welcome.flow.page = PAGES.index(page)
        welcome.show_page()
        wait_for(lambda: welcome.isAncestorOf(window.focusWidget() or window), "the focus")


def test_f6_goes_round_the_regions(window: Window) -> None:
    frame = frame_of(window)
    go(window, "timeline")
    frame._buttons["home"].setFocus()
    regions = [frame.box.parentWidget(), frame.stack.currentWidget(), frame._buttons["home"].parentWidget()]
    for region in regions:
        press(window, Qt.Key.Key_F6)
        assert region.isAncestorOf(window.focusWidget())


def test_f6_reaches_the_jobs_while_one_runs(window: Window) -> None:
    frame = frame_of(window)
    end = threading.Event()
    house_of(window).tasks.write(lambda _: end.wait(20)).named("Import").start()
    frame.stack.currentWidget().findChildren(QAbstractButton)[0].setFocus()
    press(window, Qt.Key.Key_F6)
    assert frame.jobs.isAncestorOf(window.focusWidget())
    end.set()
    settle(window)


def test_ctrl_k_goes_to_the_search_box_and_enter_searches(window: Window) -> None:
    press(window, Qt.Key.Key_K, CONTROL)
    assert window.focusWidget() is frame_of(window).box
    QTest.keyClicks(frame_of(window).box, "gratin")
    press(window, Qt.Key.Key_Return)
    settle(window)
    assert frame_of(window).current.name == "search"
    assert house_of(window).selection.text == "gratin"


@pytest.mark.parametrize(("number", "name"), list(enumerate(ICONS, 1)))
def test_ctrl_and_a_digit_shows_a_screen(window: Window, number: int, name: str) -> None:
    press(window, Qt.Key(Qt.Key.Key_0.value + number), CONTROL)
    assert frame_of(window).current.name == name
    assert frame_of(window)._buttons[name].isChecked()


def test_the_keys_of_the_timeline(window: Window) -> None:
    screen = go(window, "timeline")
    assert isinstance(screen, TimelineScreen)
    view = screen.view
    view.setFocus()
    whole = (view.since, view.until)
    press(view, Qt.Key.Key_Plus)
    assert view.until - view.since == pytest.approx((whole[1] - whole[0]) / 2, abs=2)
    before = view.since
    press(view, Qt.Key.Key_Right)
    assert view.since > before
    press(view, Qt.Key.Key_Left)
    assert view.since == pytest.approx(before, abs=2)
    press(view, Qt.Key.Key_Minus)
    press(view, Qt.Key.Key_Home)
    assert (view.since, view.until) == whole
    for _ in range(40):
        press(view, Qt.Key.Key_Plus)
    assert view.until - view.since == 2 * HOUR
    press(view, Qt.Key.Key_Home)
    settle(window)
    press(view, Qt.Key.Key_Return)
    assert window.focusWidget() is screen.list


def test_a_list_lets_go_of_the_keyboard_and_its_rows_are_read_by_arrows(window: Window) -> None:
    screen = go(window, "search")
    assert isinstance(screen, SearchScreen)
    screen.list.setFocus()
    press(screen.list, Qt.Key.Key_Down)
    press(screen.list, Qt.Key.Key_Down)
    wait_for(screen.detail.toPlainText, "the fact in full")
    assert screen.list.currentIndex().row() >= 1
    for table in window.findChildren(QTableView):
        assert not table.tabKeyNavigation()
    press(screen.list, Qt.Key.Key_Tab)
    assert window.focusWidget() is screen.detail
    press(screen.detail, Qt.Key.Key_Tab)
    assert window.focusWidget() is not screen.detail


def test_space_turns_a_facet_and_the_focus_stays_where_it_was(window: Window) -> None:
    screen = go(window, "search")
    assert isinstance(screen, SearchScreen)
    box = next(w for w in screen.findChildren(QAbstractButton) if w.isVisible() and w.isCheckable())
    box.setFocus()
    press(box, Qt.Key.Key_Space)
    settle(window)
    assert house_of(window).selection.kinds
    focus = window.focusWidget()
    assert isinstance(focus, QAbstractButton)
    assert focus.isChecked()


def test_enter_presses_a_button(window: Window) -> None:
    screen = go(window, "home")
    go_on = button_called(screen, "Voir la frise")
    go_on.setFocus()
    press(go_on, Qt.Key.Key_Return)
    assert frame_of(window).current.name == "timeline"


def test_arrows_go_through_the_periods_of_a_chart(window: Window) -> None:
    screen = go(window, "charts")
    assert isinstance(screen, ChartsScreen)
    button_called(screen, "Mois").setFocus()
    reached = []
    for key in (
        Qt.Key.Key_Left,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
    ):
        press(window, key)
        reached.append(screen._period)
    assert reached == ["day", "half-hour", "day", "month", "year", "heat"]
    settle(window)
