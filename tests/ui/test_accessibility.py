"""What a screen reader hears: every control has a name, every screen tells that it is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.windows import (
    SCREENS,
    closed_window,
    frame_of,
    go,
    house_of,
    settings_in,
    settle,
    texts,
    wait_for,
    window_over,
)
from vault_app.learn.camille import write_archives
from vault_app.ui.flows.arrival import State
from vault_app.ui.flows.first_run import PAGES
from vault_app.ui.screens.charts import ChartsScreen
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.timeline import TimelineScreen
from vault_app.ui.widgets.month_strip import MonthStrip
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

TONGUES = pytest.mark.parametrize("tongue", ["fr", "en"])
ROLES = QAccessible.Role
INTERACTIVE = {
    ROLES.Button, ROLES.CheckBox, ROLES.RadioButton, ROLES.ComboBox, ROLES.EditableText, ROLES.Table, ROLES.List,
    ROLES.Slider, ROLES.SpinBox, ROLES.ButtonMenu, ROLES.ButtonDropDown, ROLES.MenuItem, ROLES.PageTab, ROLES.Link,
    ROLES.ProgressBar, ROLES.Tree, ROLES.ListItem,
}  # fmt: skip
MANY = 400
"""Children of one node that are looked at: a table may have a million."""


def nodes(root: QWidget) -> Iterator[QAccessibleInterface]:
    """All visible nodes below a widget."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        node = waiting.pop()
        if node is None or not node.isValid() or node.state().invisible:
            continue
        yield node
        waiting += [node.child(number) for number in range(min(node.childCount(), MANY))]


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could only call "button" or "text"."""
    found = []
    for node in nodes(root):
        widget = node.object()
        reached = isinstance(widget, QWidget) and widget.focusPolicy().value & 1
        if (node.role() in INTERACTIVE or reached) and not node.text(QAccessible.Text.Name).strip():
            if node.role() == ROLES.List and _inside_combo(node):
                continue
            found.append(
                f"{node.role()} {type(widget).__name__} in {type(widget.parent()).__name__ if widget else '?'}"
            )
    return found


def _inside_combo(node: QAccessibleInterface) -> bool:
    above = node.parent()
    return above is not None and above.role() == ROLES.ComboBox


@TONGUES
def test_every_control_of_every_screen_has_a_name(
    qapp: QApplication, camille: Vault, tmp_path: Path, tongue: str
) -> None:
    (tmp_path / "Arrivées").mkdir()
    archives = write_archives(tmp_path / "Arrivées")
    (tmp_path / "Arrivées" / "inconnu.zip").write_bytes(b"rien")
    with window_over(qapp, camille, settings_in(tmp_path, tongue)) as window:
        house = house_of(window)
        (arrival,) = house.finds.add(archives[:1])
        house.finds.add([tmp_path / "Arrivées" / "inconnu.zip"])
        house.finds.shown = arrival
        wait_for(lambda: arrival.state is State.PLANNED, "the plan")
        found = {name: nameless(show(window, name)) for name in SCREENS}
    assert not {name: rows for name, rows in found.items() if rows}


def show(window: Window, name: str) -> Window:
    """Show a screen, with a fact chosen where there is a list."""
    screen = go(window, name)
    if isinstance(screen, TimelineScreen | SearchScreen):
        screen.list.go_to(0)
        settle(window)
    return window


@TONGUES
def test_every_control_of_the_entrance_has_a_name(qapp: QApplication, tmp_path: Path, tongue: str) -> None:
    with closed_window(qapp, settings_in(tmp_path, tongue)) as window:
        entrance = window.centralWidget()
        assert isinstance(entrance, Entrance)
        welcome = entrance.show_welcome()
        for page in range(len(PAGES)):
            welcome.flow.page = page
            welcome.show_page()
            QApplication.processEvents()
            assert not nameless(window), PAGES[page]
        entrance.show_unlock()
        assert not nameless(window)


def test_the_walk_finds_a_control_without_a_name(qapp: QApplication, tmp_path: Path) -> None:
    """The control: the walk is not blind."""
    with closed_window(qapp, settings_in(tmp_path)) as window:
        entrance = window.centralWidget()
        assert isinstance(entrance, Entrance)
        unlock = entrance.show_unlock()
        unlock.field.setAccessibleName("")
        unlock._asked.setBuddy(unlock.go)
        assert nameless(window)


def test_every_screen_announces_itself(qapp: QApplication, camille: Vault, tmp_path: Path) -> None:
    with window_over(qapp, camille, settings_in(tmp_path)) as window:
        frame, heard = frame_of(window), list[str]()
        frame.announced.connect(heard.append)
        titles = [go(window, name).title() for name in SCREENS]
        assert heard == titles
        assert len({title for title in titles if title}) == len(SCREENS)
        assert frame._title.text() == titles[-1]


def test_what_a_screen_says_to_everybody_is_heard_and_seen(qapp: QApplication, camille: Vault, tmp_path: Path) -> None:
    with window_over(qapp, camille, settings_in(tmp_path)) as window:
        frame, heard = frame_of(window), list[str]()
        frame.announced.connect(heard.append)
        house_of(window).announce.emit("C’est fait.")
        assert heard == ["C’est fait."]
        assert "C’est fait." in texts(frame.jobs)


def test_pictures_tell_their_numbers(qapp: QApplication, camille: Vault, tmp_path: Path) -> None:
    with window_over(qapp, camille, settings_in(tmp_path)) as window:
        timeline = go(window, "timeline")
        assert isinstance(timeline, TimelineScreen)
        assert any(char.isdigit() for char in timeline.view.accessibleName())
        charts = go(window, "charts")
        assert isinstance(charts, ChartsScreen)
        wait_for(charts.picture.accessibleName, "the chart")
        assert charts.picture.accessibleName() == charts.sentence.text()
        (strip,) = go(window, "home").findChildren(MonthStrip)
        assert "Enedis" in strip.accessibleName()


def test_a_row_of_facts_is_read_whole(qapp: QApplication, camille: Vault, tmp_path: Path) -> None:
    with window_over(qapp, camille, settings_in(tmp_path)) as window:
        search = go(window, "search")
        assert isinstance(search, SearchScreen)
        search.list.go_to(0)
        settle(window)
        model = search.list.facts
        spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
        for column in range(model.columnCount()):
            assert str(model.data(model.index(0, column))) in str(spoken)
