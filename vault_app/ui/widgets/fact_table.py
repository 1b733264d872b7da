"""A list of facts of any length: rows come page by page from another thread, a placeholder stands meanwhile."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from vault_app import words
from vault_app.explore.rows import PAGE, Rows
from vault_app.ui.blur import DOTS, hidden, is_on
from vault_app.ui.dates import day_text, time_text
from vault_app.ui.language import tongue
from vault_app.ui.plain import one_line, visible
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import TARGET

if TYPE_CHECKING:
    from vault_app.explore.fact import Fact
    from vault_app.ui.open_vault import OpenVault

KEPT = 64
"""Pages that are kept."""

_Index = QModelIndex | QPersistentModelIndex


class FactModel(QAbstractTableModel):
    """Rows of a ``Rows``. ``loaded`` tells that a page came."""

    loaded = Signal()

    def __init__(self, house: OpenVault, parent: QWidget) -> None:
        super().__init__(parent)
        self._house = house
        self._rows: Rows | None = None
        self._pages: OrderedDict[int, list[Fact]] = OrderedDict()
        self._asked: set[int] = set()
        self._made = 0
        self._length = 0

    @property
    def rows(self) -> Rows | None:
        """The table that is shown."""
        return self._rows

    def show_rows(self, rows: Rows | None) -> None:
        """Show another table."""
        self.beginResetModel()
        self._rows = rows
        self._length = len(rows) if rows is not None else 0
        self._pages.clear()
        self._asked.clear()
        self._made += 1
        self.endResetModel()

    def grow(self, rows: Rows) -> None:
        """Show all rows of a table that was shown before it was counted."""
        if rows is not self._rows or len(rows) <= self._length:
            return
        for number in [number for number, page in self._pages.items() if len(page) < PAGE]:
            del self._pages[number]
        self.beginInsertRows(QModelIndex(), self._length, len(rows) - 1)
        self._length = len(rows)
        self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As many as the selection has."""
        return 0 if parent.isValid() else min(self._length, (1 << 31) - 1)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Day, time, kind, what, source."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Day"), self.tr("Time"), self.tr("Kind"), self.tr("What"), self.tr("Source"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; what a screen reader says is the whole fact."""
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
        if not index.isValid() or role not in wanted or role == Qt.ItemDataRole.ToolTipRole:
            return None
        fact = self.fact(index.row())
        if fact is None:
            return "…" if index.column() == 3 else ""
        cells = self._cells(fact)
        return ", ".join(cells) if role == Qt.ItemDataRole.AccessibleTextRole else cells[index.column()]

    def fact(self, row: int) -> Fact | None:
        """The fact of a row when its page is here; asks for the page otherwise."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            return None
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def _cells(self, fact: Fact) -> tuple[str, ...]:
        day = self.tr("undated") if fact.start is None else day_text(fact.start, fact.offset, fact.precision)
        hour = "" if fact.start is None else time_text(fact.start, fact.offset, fact.precision)
        kind = words.kind(fact.kind, tongue()).one
        return day, hour, kind, hidden(one_line(fact.title or fact.text)), source_name(fact.source)

    def _ask(self, number: int) -> None:
        rows = self._rows
        if rows is None or number in self._asked:
            return
        self._asked.add(number)
        made, vault = self._made, self._house.vault

        def came(page: list[Fact]) -> None:
            if made != self._made:
                return
            self._asked.discard(number)
            self._pages[number] = page
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
            first, last = number * PAGE, min(number * PAGE + PAGE, self.rowCount()) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, 4))
            self.loaded.emit()

        self._house.tasks.read(lambda _: rows.page(vault, number)).on_done(came).start()


class FactTable(QTableView):
    """The list on screen. ``chosen`` tells which fact the person stands on."""

    chosen = Signal(object)

    def __init__(self, house: OpenVault, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.facts = FactModel(house, self)
        self.setModel(self.facts)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TARGET - 8)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self._fit_columns()
        self.selectionModel().currentRowChanged.connect(self._current)
        self.facts.loaded.connect(lambda: self._current(self.currentIndex()))

    def show_rows(self, rows: Rows | None) -> None:
        """Show another table from its first row; one with words grows when it has been counted."""
        self.facts.show_rows(rows)
        self.scrollToTop()
        if rows is None or rows.exact:
            return
        vault, model = self._house.vault, self.facts
        self._house.tasks.read(lambda _: rows.count(vault)).replacing(f"count {id(self)}").on_done(
            lambda _: model.grow(rows)
        ).start()

    def go_to(self, row: int) -> None:
        """Scroll to a row and stand on it."""
        index = self.facts.index(max(0, min(row, self.facts.rowCount() - 1)), 3)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
        self.setCurrentIndex(index)

    def _fit_columns(self) -> None:
        metrics = self.fontMetrics()
        for column, sample in ((0, "mer. 30 sept. 2024 "), (1, "00:00 PM"), (2, "consommation ")):
            self.setColumnWidth(column, metrics.horizontalAdvance(sample) + 24)
        self.setColumnWidth(4, metrics.horizontalAdvance("Apple Santé ") + 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list leaves source, kind and hour to the fact in full, so that its words can be read."""
        super().resizeEvent(event)
        letters = event.size().width() // max(1, self.fontMetrics().averageCharWidth())
        for column, least in ((4, 86), (2, 66), (1, 52)):
            self.setColumnHidden(column, letters < least)

    def _current(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.facts.fact(index.row()))


def _fields(value: object, indent: str) -> Iterator[str]:
    """JSON as lines that a person reads: a field a line, what lies inside further to the right."""
    entries = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    for name, inner in entries:
        label = f"{indent}{name} :" if isinstance(value, dict) else f"{indent}–"
        if isinstance(inner, dict | list) and inner:
            yield label
            yield from _fields(inner, indent + "    ")
        else:
            text = inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False)
            yield f"{label} {text}"


def fact_text(fact: Fact, empty: str) -> str:
    """All that is known of a fact, for reading and copying: fields, text, and every field of the original.

    Only dots while facts are hidden.
    """
    if is_on():
        return DOTS
    lines = [fact.title] if fact.title else []
    if fact.text and fact.text != fact.title:
        lines += ["", fact.text]
    roles = [
        " ".join(part for part in (r.role, r.name, r.handle.value if r.handle else "") if part) for r in fact.parties
    ]
    if roles:
        lines += ["", *roles]
    if fact.amount:
        lines += ["", f"{fact.amount} {fact.currency}"]
    if fact.lat is not None and fact.lon is not None:
        lines += ["", f"{fact.lat:.6f}, {fact.lon:.6f}"]
    if fact.details:
        lines += ["", *_fields(json.loads(fact.details), "")]
    return visible("\n".join(lines) or empty)
