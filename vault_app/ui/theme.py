"""The look: font, palette and style sheet, made from the tokens; the same on every system."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from vault_app.ui import tokens
from vault_app.ui.tokens import DARK, GAP, LIGHT, TARGET, Colours
from vault_app.words import RESOURCES

FAMILY = "Inter"
MODES = ("system", "light", "dark")
"""What a person may choose."""

_now: list[Colours] = [LIGHT]


def colours() -> Colours:
    """The look that is applied now."""
    return _now[0]


def dress(app: QApplication, mode: str = "system", percent: int = 100) -> Colours:
    """Give the application its look. ``percent``: text size, 80 to 200."""
    chosen = DARK if mode == "dark" or (mode == "system" and _system_is_dark(app)) else LIGHT
    _now[0] = chosen
    _bundle_font()
    app.setStyle("Fusion")
    font = QFont()
    font.setFamilies([FAMILY])
    font.setPixelSize(round(tokens.TEXT * max(80, min(200, percent)) / 100))
    app.setFont(font)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(sheet(chosen, percent))
    return chosen


def _system_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


@cache
def _bundle_font() -> None:
    for path in sorted(Path(RESOURCES, "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def _palette(look: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: look.ground,
        role.Base: look.surface,
        role.AlternateBase: look.ground,
        role.Text: look.text,
        role.WindowText: look.text,
        role.Button: look.surface,
        role.ButtonText: look.text,
        role.PlaceholderText: look.secondary,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.ToolTipBase: look.surface,
        role.ToolTipText: look.text,
        role.Link: look.accent,
        role.Mid: look.border,
    }.items():
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(look.secondary))
    return palette


def sheet(look: Colours, percent: int = 100) -> str:
    """The style sheet of a look."""
    arrow = (RESOURCES / "icons" / f"arrow-{look.name}.png").as_posix()

    tick = (RESOURCES / "icons" / f"tick-{look.name}.png").as_posix()
    dot = (RESOURCES / "icons" / f"dot-{look.name}.png").as_posix()

    def px(size: float) -> str:
        return f"{round(size * percent / 100)}px"

    return f"""
    QWidget {{ color: {look.text}; }}
    QToolTip {{ background: {look.surface}; color: {look.text}; border: 1px solid {look.border}; padding: 4px; }}
    QLabel[role="title"] {{ font-size: {px(26)}; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {px(18)}; font-weight: 600; }}
    QLabel[role="number"] {{ font-size: {px(28)}; font-weight: 600; }}
    QLabel[role="secondary"] {{ color: {look.secondary}; }}
    QLabel[role="good"] {{ color: {look.accent}; font-weight: 600; }}
    QLabel[role="danger"] {{ color: {look.danger}; font-weight: 600; }}
    QLabel[role="warning"] {{ color: {look.warning}; background: {look.warning_ground};
        border: 1px solid {look.warning}; border-radius: 6px; padding: {px(10)}; }}
    QLabel[role="badge"] {{ color: {look.accent}; border: 1px solid {look.accent}; border-radius: {px(18)};
        padding: 2px {px(10)}; min-height: {px(TARGET - 8)}; }}
    QLabel[role="code"] {{ font-family: monospace; font-size: {px(17)}; }}
    QFrame[role="card"] {{ background: {look.surface}; border: 1px solid {look.line}; border-radius: 10px; }}
    QFrame[role="drop"] {{ background: {look.surface}; border: 2px dashed {look.border}; border-radius: 10px; }}
    QFrame[role="drop"][over="true"] {{ background: {look.chosen}; border: 2px dashed {look.accent}; }}
    QFrame[role="bar"] {{ background: {look.surface}; border-bottom: 1px solid {look.line}; }}
    QFrame[role="jobs"] {{ background: {look.surface}; border-top: 1px solid {look.line}; }}
    QFrame[role="rail"] {{ background: {look.surface}; border-right: 1px solid {look.line}; }}
    QPushButton, QToolButton[role="button"] {{ background: {look.surface}; border: 1px solid {look.border};
        border-radius: 8px; padding: 0 {px(16)}; min-height: {px(TARGET - 2)}; }}
    QPushButton:hover {{ border-color: {look.accent}; }}
    QPushButton:disabled {{ color: {look.secondary}; border-style: dashed; }}
    QPushButton[role="primary"] {{ background: {look.accent}; color: {look.on_accent}; border-color: {look.accent};
        font-weight: 600; }}
    QPushButton[role="primary"]:disabled {{ background: {look.surface}; color: {look.secondary};
        border: 1px dashed {look.border}; }}
    QPushButton:checked {{ background: {look.chosen}; border: 2px solid {look.accent}; font-weight: 600; }}
    QPushButton[role="danger"] {{ color: {look.danger}; border-color: {look.danger}; }}
    QPushButton[role="chip"] {{ min-height: {px(28)}; border-radius: {px(15)}; padding: 0 {px(12)};
        background: {look.chosen}; }}
    QPushButton:focus, QToolButton:focus, QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QCheckBox:focus,
    QRadioButton:focus,
    QTableView:focus, QListView:focus, QPlainTextEdit:focus, QScrollArea:focus, QDateEdit:focus,
    QWidget[focusring="true"]:focus {{ border: 3px solid {look.focus}; }}
    QPushButton:focus {{ padding: 0 {px(14)}; min-height: {px(TARGET - 6)}; }}
    QPushButton:checked {{ padding: 0 {px(15)}; }}
    QLineEdit:focus, QComboBox:focus {{ padding-left: {px(8)}; min-height: {px(TARGET - 6)}; }}
    QCheckBox, QRadioButton {{ border: 3px solid transparent; border-radius: 6px; spacing: {px(GAP)};
        min-height: {px(34)}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(20)}; height: {px(20)};
        border: 2px solid {look.border}; background: {look.surface}; }}
    QCheckBox::indicator {{ border-radius: 5px; }}
    QRadioButton::indicator {{ border-radius: {px(12)}; }}
    QCheckBox::indicator:checked {{ background: {look.accent}; border-color: {look.accent}; image: url("{tick}"); }}
    QRadioButton::indicator:checked {{ border-color: {look.accent}; image: url("{dot}"); }}
    QToolButton[role="nav"] {{ border: 3px solid transparent; border-radius: 8px; padding: 0 {px(10)};
        min-height: {px(TARGET - 6)}; text-align: left; background: transparent; }}
    QToolButton[role="nav"]:hover {{ background: {look.ground}; }}
    QToolButton[role="nav"]:checked {{ background: {look.chosen}; font-weight: 600;
        border-left: 3px solid {look.accent}; }}
    QToolButton[role="nav"]:focus {{ border: 3px solid {look.focus}; }}
    QLineEdit, QComboBox, QDateEdit, QSpinBox {{ background: {look.surface}; border: 1px solid {look.border};
        border-radius: 8px; padding: 0 {px(10)}; min-height: {px(TARGET - 2)};
        selection-background-color: {look.accent}; selection-color: {look.on_accent}; }}
    QComboBox {{ padding-right: {px(34)}; }}
    QComboBox::drop-down {{ border: none; width: {px(34)}; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(18)}; height: {px(18)}; }}
    QComboBox QAbstractItemView {{ background: {look.surface}; color: {look.text};
        selection-background-color: {look.accent}; selection-color: {look.on_accent}; }}
    QTableView, QListView, QPlainTextEdit {{ background: {look.surface}; border: 1px solid {look.line};
        border-radius: 8px; gridline-color: {look.line}; alternate-background-color: {look.ground}; }}
    QTableView {{ outline: none; }}
    QTableView::item {{ padding: 0 {px(8)}; }}
    QTableView::item:selected {{ background: {look.chosen}; color: {look.text}; }}
    QHeaderView::section {{ background: {look.ground}; color: {look.secondary}; border: none;
        border-bottom: 1px solid {look.line}; padding: {px(6)} {px(8)}; font-weight: 600; }}
    QProgressBar {{ background: {look.line}; border: none; border-radius: 5px; min-height: 10px; max-height: 10px; }}
    QProgressBar::chunk {{ background: {look.accent}; border-radius: 5px; }}
    QScrollArea {{ border: 3px solid transparent; background: transparent; }}
    QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; }}
    """
