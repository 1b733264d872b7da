"""A list of people of any length: pages come from another thread. Names and handles are untrusted and shown plain."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QDate, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from vault_app.explore.people import PAGE, People
from vault_app.ui.blur import hidden
from vault_app.ui.language import locale, number
from vault_app.ui.plain import one_line
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import TARGET

if TYPE_CHECKING:
    from vault_app.explore.people import Person
    from vault_app.ui.open_vault import OpenVault

KEPT = 64
"""Pages that are kept."""

_Index = QModelIndex | QPersistentModelIndex
_NAME, _SOURCES, _MENTIONS, _FIRST, _LAST = range(5)


class PeopleModel(QAbstractTableModel):
    """The rows of a ``People``. ``loaded`` tells that a page came."""

    loaded = Signal()

    def __init__(self, house: OpenVault, parent: QWidget) -> None:
        super().__init__(parent)
        self._house = house
        self._people: People | None = None
        self._pages: OrderedDict[int, list[Person]] = OrderedDict()
        self._asked: set[int] = set()

    def show_people(self, people: People) -> None:
        """Show another list."""
        self.beginResetModel()
        self._people = people
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As many as there are people."""
        return 0 if parent.isValid() or self._people is None else len(self._people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Name, sources, mentions, first and last day."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Name"), self.tr("Sources"), self.tr("Mentions"), self.tr("First day"), self.tr("Last day"))[
            section
        ]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; what a screen reader says is the whole row."""
        if index.isValid() and role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _MENTIONS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        person = self.person(index.row())
        if person is None:
            return "…" if index.column() == _NAME else ""
        cells = self._cells(person)
        return ", ".join(filter(None, cells)) if role == Qt.ItemDataRole.AccessibleTextRole else cells[index.column()]

    def person(self, row: int) -> Person | None:
        """The person of a row when the page is here; asks for the page otherwise."""
        place, within = divmod(row, PAGE)
        page = self._pages.get(place)
        if page is None:
            self._ask(place)
            return None
        self._pages.move_to_end(place)
        return page[within] if within < len(page) else None

    def _cells(self, person: Person) -> tuple[str, ...]:
        sources = ", ".join(map(source_name, person.mentions)) or self.tr("address book")
        return (
            hidden(one_line(person.name, 120)),
            one_line(sources, 120),
            number(sum(person.mentions.values())),
            day(person.first),
            day(person.last),
        )

    def _ask(self, place: int) -> None:
        people = self._people
        if people is None or place in self._asked:
            return
        self._asked.add(place)
        vault = self._house.vault

        def came(page: list[Person]) -> None:
            if people is not self._people:
                return
            self._asked.discard(place)
            self._pages[place] = page
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
            last = min(place * PAGE + PAGE, self.rowCount()) - 1
            self.dataChanged.emit(self.index(place * PAGE, 0), self.index(last, _LAST))
            self.loaded.emit()

        self._house.tasks.read(lambda _: people.page(vault, place)).on_done(came).start()


class PeopleTable(QTableView):
    """The list on screen. ``chosen`` tells on whom one stands, ``entered`` that Enter or two clicks chose somebody."""

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, house: OpenVault, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = PeopleModel(house, self)
        self.setModel(self.people)
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
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        metrics = self.fontMetrics()
        for column, sample in (
            (_SOURCES, "WhatsApp, Facebook "), (_MENTIONS, "Mentions 00"), (_FIRST, "30 sept. 2024 "),
            (_LAST, "30 sept. 2024 "),
        ):  # fmt: skip
            self.setColumnWidth(column, metrics.horizontalAdvance(sample) + 24)
        self.setMinimumWidth(metrics.averageCharWidth() * 16 + 40)
        self.selectionModel().currentRowChanged.connect(self._current)
        self.people.loaded.connect(lambda: self._current(self.currentIndex()))
        self.doubleClicked.connect(self._enter)

    def show_people(self, people: People) -> None:
        """Show another list from its first row."""
        self.people.show_people(people)
        self.scrollToTop()

    def go_to(self, row: int) -> None:
        """Stand on a row."""
        self.setCurrentIndex(self.people.index(max(0, min(row, self.people.rowCount() - 1)), _NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the person on whom one stands."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list leaves the days and sources to the page beside it, so that names can be read."""
        super().resizeEvent(event)
        letters = event.size().width() // max(1, self.fontMetrics().averageCharWidth())
        for column, least in ((_FIRST, 86), (_LAST, 70), (_SOURCES, 48), (_MENTIONS, 30)):
            self.setColumnHidden(column, letters < least)

    def _enter(self, index: _Index) -> None:
        person = self.people.person(index.row()) if index.isValid() else None
        if person is not None:
            self.entered.emit(person)

    def _current(self, index: _Index) -> None:
        if index.isValid():
            self.chosen.emit(self.people.person(index.row()))


def day(number_: int | None) -> str:
    """A day (since 1970) as the language writes it; '' for none."""
    return "" if number_ is None else locale().toString(QDate(1970, 1, 1).addDays(number_), "d MMM yyyy")


def handle_text(key: str) -> str:
    """A key as a person reads it: the address or number, or the name that a service gives, and that service."""
    scheme, _, rest = key.partition(":")
    kind, colon, value = rest.partition(":")
    if not colon:
        return f"@{rest}" if scheme == "account" else rest
    return f"{'…' if kind.endswith('#') else value} ({source_name(scheme)})"
