"""The frame of all screens: navigation at the left, title, chips and search above, jobs below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vault_app.ui import icons
from vault_app.ui.chips import Chips
from vault_app.ui.jobs_bar import JobsBar
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, plain_tooltip
from vault_app.ui.screens.screen import Screen
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping

ICONS = {
    "home": "house",
    "inbox": "inbox",
    "timeline": "calendar-days",
    "search": "search",
    "people": "users",
    "charts": "chart-column",
    "share": "share-2",
    "security": "shield",
}
"""Screens that stand in the navigation, and their icons."""


class Frame(QWidget):
    """Navigation, top bar, screens, jobs bar. ``lock`` asks to lock; ``look_changed`` for language, look, text size.

    ``announced`` tells what screen readers were told.
    """

    lock = Signal()
    announced = Signal(str)
    look_changed = Signal(str, object)

    def __init__(self, house: OpenVault, screens: list[Screen], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._screens = {screen.name: screen for screen in screens}
        self._buttons: dict[str, QToolButton] = {}
        self.stack = QStackedWidget()
        for screen in screens:
            self.stack.addWidget(screen)
        self.jobs = JobsBar(house.tasks, self)
        side, middle = QHBoxLayout(self), QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        middle.setSpacing(0)
        side.addWidget(self._rail())
        side.addLayout(middle, 1)
        middle.addWidget(self._bar())
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.jobs)
        house.go.connect(self.show_screen)
        house.announce.connect(self.say)
        house.finds.changed.connect(self._count_inbox)
        QShortcut(QKeySequence("Ctrl+K"), self, self._to_search)
        QShortcut(QKeySequence("F6"), self, self._next_region)
        for number, name in enumerate(self._buttons, 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda name=name: self.show_screen(name))
        self._count_inbox()

    @property
    def current(self) -> Screen:
        """The screen that is shown."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Screen)
        return shown

    def show_screen(self, name: str) -> None:
        """Show a screen, by its name."""
        screen = self._screens[name]
        self.stack.setCurrentWidget(screen)
        self._title.say(screen.title())
        self._chips.follow(screen.follows)
        button = self._buttons.get(name) or self._buttons["inbox"]
        button.setChecked(True)
        screen.look()
        self.announce(screen.title())

    def announce(self, text: str) -> None:
        """Say a sentence to screen readers."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.announced.emit(text)

    def say(self, text: str) -> None:
        """Show a sentence for a while, and announce it."""
        self.jobs.say(text)
        self.announce(text)

    def _rail(self) -> QFrame:
        rail = QFrame()
        rail.setProperty("role", "rail")
        rail.setAccessibleName(self.tr("Navigation"))
        column = QVBoxLayout(rail)
        column.setContentsMargins(GAP, 2 * GAP, GAP, 2 * GAP)
        column.setSpacing(GAP // 2)
        group = QButtonGroup(self)
        for name, icon in ICONS.items():
            screen = self._screens[name]
            made = QToolButton()
            made.setText("  " + screen.title())
            made.setAccessibleName(screen.title())
            made.setIcon(icons.icon(icon))
            made.setIconSize(QSize(icons.SIZE, icons.SIZE))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.setProperty("role", "nav")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, name=name: self.show_screen(name))
            group.addButton(made)
            column.addWidget(made)
            self._buttons[name] = made
        column.addStretch(1)
        column.addWidget(self._display_button())
        return rail

    def _display_button(self) -> QToolButton:
        made = QToolButton()
        made.setText("  " + self.tr("Display"))
        made.setAccessibleName(self.tr("Display: language, colours, text size"))
        made.setIcon(icons.icon("languages"))
        made.setIconSize(QSize(icons.SIZE, icons.SIZE))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setProperty("role", "nav")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        settings = self._house.settings
        choices = (
            ("language", tongue(), (("fr", "Français"), ("en", "English"))),
            (
                "mode",
                settings.mode,
                (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            ),
            ("text", settings.text_percent, tuple((size, f"{size} %") for size in (80, 100, 125, 150, 200))),
        )
        titles = {"language": self.tr("Language"), "mode": self.tr("Colours"), "text": self.tr("Text size")}
        for what, now, values in choices:
            part = menu.addMenu(titles[what])
            for value, text in values:
                action = QAction(text, part)
                action.setCheckable(True)
                action.setChecked(value == now)
                action.triggered.connect(lambda _=False, what=what, value=value: self.look_changed.emit(what, value))
                part.addAction(action)
        blur = QAction(self.tr("Hide words and numbers (others see the screen)"), menu)
        blur.setCheckable(True)
        blur.setChecked(settings.blur)
        blur.toggled.connect(lambda on: self.look_changed.emit("blur", on))
        menu.addAction(blur)
        made.setMenu(menu)
        return made

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        column, row = QVBoxLayout(bar), QHBoxLayout()
        column.setContentsMargins(3 * GAP, GAP, 2 * GAP, GAP)
        column.setSpacing(GAP)
        row.setSpacing(2 * GAP)
        self._title = PlainLabel("", "title")
        row.addWidget(self._title, 1)
        column.addLayout(row)
        self._chips = Chips(self._house, bar)
        column.addWidget(self._chips)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Search my data"))
        self.box.setAccessibleName(self.tr("Search my data"))
        self.box.setClearButtonEnabled(True)
        self.box.setFixedWidth(self.box.fontMetrics().averageCharWidth() * 20 + 60)
        self.box.returnPressed.connect(self._search)
        offline = PlainLabel(self.tr("Offline"), "badge", wrap=False)
        plain_tooltip(offline, self.tr("This program cannot use the network. Your data stays on this computer."))
        made = QToolButton()
        made.setProperty("role", "button")
        made.setText(self.tr("Lock"))
        made.setIcon(icons.icon("lock"))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setAccessibleName(self.tr("Lock the vault"))
        plain_tooltip(made, self.tr("Lock the vault at once (Ctrl+L)"))
        made.clicked.connect(self.lock)
        row.addWidget(wrapping(self.box, offline, made))
        return bar

    def _search(self) -> None:
        from dataclasses import replace

        self._house.selection = replace(self._house.selection, text=self.box.text().strip())
        self.show_screen("search")

    def _to_search(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def _next_region(self) -> None:
        """F6 goes from navigation to the top bar, to the screen, to the jobs."""
        regions = [self._buttons["home"].parentWidget(), self.box.parentWidget(), self.stack.currentWidget(), self.jobs]
        shown = [region for region in regions if region is not None and region.isVisible()]
        focus = self.focusWidget()
        here = next((at for at, region in enumerate(shown) if focus is not None and region.isAncestorOf(focus)), -1)
        target = shown[(here + 1) % len(shown)]
        inner = [w for w in target.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
        for widget in inner[:1]:
            widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _count_inbox(self) -> None:
        waiting = len(self._house.finds.waiting)
        title = self._screens["inbox"].title()
        self._buttons["inbox"].setText(f"  {title} ({waiting})" if waiting else f"  {title}")
        self._buttons["inbox"].setAccessibleName(self.tr("{title}, %n waiting", "", waiting).format(title=title))
