"""Every way by which a text reaches the screen, each given hostile texts, in a process that is watched from outside.

``python -m tests.ui.sinks BAIT`` draws them all. The names of the sinks and the number of texts go to the output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from importers.records import Handle, Kind, Precision, Role
from vault_app.explore.fact import Fact
from vault_app.ui import language, theme
from vault_app.ui.flows.addresses import Address
from vault_app.ui.flows.places import Places
from vault_app.ui.own_picker import OwnPicker
from vault_app.ui.plain import PlainLabel, PlainView, one_line, plain_message, plain_tooltip
from vault_app.ui.screens.screen import button, heading
from vault_app.ui.widgets.density_view import Band, DensityView
from vault_app.ui.widgets.found_words import FoundWords
from vault_app.ui.widgets.ledger_list import LedgerList
from vault_app.ui.widgets.letters import LettersDialog
from vault_app.ui.widgets.links import LinksButton, LinksDialog
from vault_app.ui.widgets.short_path import ShortPath, short_name
from vault_app.ui.widgets.two_fields import NewPassphrase
from vault_app.vault.ledger import Line, Op

Sink = Callable[[QWidget, str], object]


def hostile(bait: str) -> list[str]:
    """Thirty texts that rich text would follow to the file ``bait``, to a share, or to the network."""
    local, share = f"file://{bait}", "//bait-host/share/y.png"
    return [
        f'<img src="{local}">',
        f"<img src='{bait}'>",
        f'<img src="{share}">',
        f'<html><body background="{local}">x</body></html>',
        f'<table background="{local}"><tr><td>x</td></tr></table>',
        f'<style>@import url("{local}");</style><p>x</p>',
        f'<link rel="stylesheet" href="{local}"><p>x</p>',
        f'<p style="background-image: url({local})">x</p>',
        f'<ul style="list-style-image: url({local})"><li>x</li></ul>',
        f'<object data="{local}">x</object>',
        f'<iframe src="{local}"></iframe>',
        f'<a href="{local}">x</a>',
        f"![x]({local})",
        f"![x]({share})",
        f"[x]({local})",
        f"# Title\n\n![x]({bait})",
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{local}">]><a>&b;</a>',
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{local}"/></svg>',
        "\\\\bait-host\\share\\y.png",
        f'<img src="\\\\bait-host\\share\\y.png"><img src="{share}">',
        '<img src="http://bait.example/x.png">',
        f'<qt><img src="{local}"/></qt>',
        f"<b>x</b><br><img src={bait}>",
        f'&lt;img src="{local}"&gt;',
        f'\u202e<img src="{local}">\u202c',
        f'<!-- --><img src="{local}">',
        f'<IMG SRC="{local}">',
        f'<img src="qrc:/../..{bait}">',
        f"<p><img src=\"data:image/svg+xml;utf8,<svg><image href='{local}'/></svg>\"></p>",
        f'<font face="{bait}">x</font><hr><img width=1 src="{local}">',
    ]


def _made(kind: Callable[[QWidget], QWidget], say: str) -> Sink:
    """A widget of a kind, told the text by one of its functions."""

    def sink(parent: QWidget, text: str) -> QWidget:
        widget = kind(parent)
        getattr(widget, say)(text)
        return widget

    return sink


def _menu(parent: QWidget, text: str) -> QMenu:
    menu = QMenu(parent)
    menu.addAction(QAction(one_line(text), menu))
    menu.popup(parent.mapToGlobal(parent.rect().center()))
    return menu


def _combo(parent: QWidget, text: str) -> QComboBox:
    box = QComboBox(parent)
    box.addItem(one_line(text))
    box.showPopup()
    box.hidePopup()
    return box


def _table(parent: QWidget, text: str) -> QTableWidget:
    table = QTableWidget(1, 1, parent)
    table.setItem(0, 0, QTableWidgetItem(one_line(text)))
    return table


def _table_heads(parent: QWidget, text: str) -> QTableWidget:
    table = QTableWidget(1, 1, parent)
    table.setHorizontalHeaderLabels([text])
    table.setVerticalHeaderLabels([text])
    return table


def _list(parent: QWidget, text: str) -> QListWidget:
    rows = QListWidget(parent)
    rows.addItem(one_line(text))
    return rows


def _bold(parent: QWidget, text: str) -> QWidget:
    table = QTableWidget(1, 1, parent)
    delegate = FoundWords(table)
    delegate.look_for(text[:20])
    table.setItemDelegate(delegate)
    table.setItem(0, 0, QTableWidgetItem(one_line(text)))
    return table


def _model(parent: QWidget, text: str) -> QWidget:
    from PySide6.QtWidgets import QTableView

    view, model = QTableView(parent), QStandardItemModel(parent)
    item = QStandardItem(one_line(text))
    item.setData(text, Qt.ItemDataRole.AccessibleTextRole)
    model.appendRow([item])
    view.setModel(model)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    return view


def _tool_tip(parent: QWidget, text: str) -> QWidget:
    label = PlainLabel("x", parent=parent)
    plain_tooltip(label, text)
    QToolTip.showText(parent.mapToGlobal(parent.rect().center()), label.toolTip(), label)
    QApplication.processEvents()
    QToolTip.hideText()
    return label


def _message(parent: QWidget, text: str) -> None:
    plain_message(parent, text, text)
    QApplication.processEvents()
    for box in parent.findChildren(QMessageBox):
        box.grab()
        box.close()


def _typed(parent: QWidget, text: str) -> QLineEdit:
    field = QLineEdit(parent)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "".join(char for char in text if char.isascii() and char.isprintable())[:30])
    return field


def _pasted(parent: QWidget, text: str) -> QPlainTextEdit:
    from PySide6.QtCore import QMimeData

    field, data = QPlainTextEdit(parent), QMimeData()
    data.setHtml(text)
    data.setText(text)
    field.insertFromMimeData(data)
    return field


def _links(parent: QWidget, text: str) -> QWidget:
    made = LinksButton(may_open=True, parent=parent)
    made.look_at(text)
    return made


def _links_dialog(parent: QWidget, text: str) -> QWidget:
    return LinksDialog([Address(text, text)], may_open=True, parent=parent)


def _letters_dialog(parent: QWidget, text: str) -> QWidget:
    details = json.dumps({"mail": {"subject": text}, "markup": {text: [text]}})
    parties = (Role("seller", text, Handle("email", text)),)
    fact = Fact(1, Kind.PURCHASE, "mail", 0, None, None, Precision.DAY, text, text, None, None, text, "EUR",
                parties, details, text, 1)  # fmt: skip
    return LettersDialog([fact], parent=parent)


def _picker(parent: QWidget, text: str) -> QWidget:
    return OwnPicker(text, Places([Path(__file__).parent]), "new", one_line(text), parent)


def _ledger(parent: QWidget, text: str) -> QWidget:
    rows = LedgerList(parent)
    rows.show_lines([Line(1, 0, Op.EXPORT_PREPARED, {"items": text, "target": text}), Line(2, 0, text, {})])
    return rows


def _short_path(parent: QWidget, text: str) -> QWidget:
    made = ShortPath("secondary", parent)
    made.say_path(short_name(text), Path(text))
    return made


def _density(parent: QWidget, text: str) -> QWidget:
    import numpy as np

    view = DensityView(parent)
    view.show_bands((Band(one_line(text), 3, np.ones(8)),), text)
    return view


def _named(parent: QWidget, text: str) -> QWidget:
    widget = QPushButton("x", parent)
    widget.setAccessibleName(text)
    widget.setAccessibleDescription(text)
    return widget


def _title(parent: QWidget, text: str) -> QWidget:
    dialog = QDialog(parent)
    dialog.setWindowTitle(text)
    return dialog


def _placeholder(kind: type[QLineEdit | QPlainTextEdit]) -> Sink:
    def sink(parent: QWidget, text: str) -> QWidget:
        field = kind(parent)
        field.setPlaceholderText(text)
        return field

    return sink


def _tabs(parent: QWidget, text: str) -> QWidget:
    tabs = QTabWidget(parent)
    tabs.addTab(QWidget(), text)
    return tabs


def _phrase(parent: QWidget, text: str) -> QWidget:
    made = NewPassphrase(text, parent)
    made.first.setText(text)
    made.problem.say(text)
    made.problem.show()
    return made


def _tool_button(parent: QWidget, text: str) -> QWidget:
    made = QToolButton(parent)
    made.setText(one_line(text))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made


SINKS: dict[str, Sink] = {
    **{f"label {role or 'plain'}": (lambda parent, text, role=role: PlainLabel(text, role, parent))
       for role in ("", "title", "heading", "number", "secondary", "danger", "warning", "good", "badge", "code")},
    "label on one line": lambda parent, text: PlainLabel(text, parent=parent, wrap=False),
    "label told later": _made(lambda parent: PlainLabel("", "", parent), "say"),
    "heading": lambda parent, text: heading(text),
    "view": lambda parent, text: PlainView("x", text, parent),
    "view told later": _made(lambda parent: PlainView("x", "", parent), "say"),
    "view's name": lambda parent, text: PlainView(text, "x", parent),
    "button": lambda parent, text: button(one_line(text), "", parent),
    "primary button": lambda parent, text: button(one_line(text), "primary", parent),
    "chip": lambda parent, text: button(one_line(text, 40), "chip", parent),
    "tool button": _tool_button,
    "check box": _made(QCheckBox, "setText"),
    "radio button": _made(QRadioButton, "setText"),
    "group": _made(QGroupBox, "setTitle"),
    "number's suffix": _made(QSpinBox, "setSuffix"),
    "field": _made(QLineEdit, "setText"),
    "typed": _typed,
    "pasted": _pasted,
    "field's placeholder": _placeholder(QLineEdit),
    "view's placeholder": _placeholder(QPlainTextEdit),
    "menu": _menu,
    "combo box": _combo,
    "list": _list,
    "table": _table,
    "table's heads": _table_heads,
    "words in bold": _bold,
    "model": _model,
    "tabs": _tabs,
    "tool tip": _tool_tip,
    "message": _message,
    "window's title": _title,
    "name for screen readers": _named,
    "links": _links,
    "dialog of links": _links_dialog,
    "dialog of letters": _letters_dialog,
    "picker": _picker,
    "register": _ledger,
    "short path": _short_path,
    "timeline": _density,
    "new passphrase": _phrase,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Draw every sink with every text."""
    app = QApplication(["sinks"])
    language.speak(app, "fr")
    theme.dress(app, "light", 100)
    parent = QWidget()
    QVBoxLayout(parent)
    parent.resize(400, 200)
    parent.show()
    app.processEvents()
    Path(arguments[0]).with_name("begin").touch()
    texts = hostile(arguments[0])
    for name, sink in SINKS.items():
        for text in texts:
            made = sink(parent, text)
            if isinstance(made, QWidget):
                made.resize(300, 60)
                made.grab()
                made.hide()
                made.deleteLater()
        app.processEvents()
        sys.stdout.write(name + "\n")
    Path(arguments[0]).with_name("end").touch()
    sys.stdout.write(f"{len(texts)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
