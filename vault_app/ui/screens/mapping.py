"""The mapping page of an unknown table: ten rows as they are, and above each column what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from importers.formats.dates import Layout
from importers.generic.header import Field
from importers.generic.mapping import Makes
from importers.recipes.recipe import RecipeError
from importers.records import KINDS
from vault_app import words
from vault_app.intake import own_recipes
from vault_app.ui import language
from vault_app.ui.flows.arrival import Arrival
from vault_app.ui.flows.table_mapping import TableMapping
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, one_line
from vault_app.ui.screens.screen import Screen, button, clear, focus_soon, page
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping

CELL = 40
"""Characters of a cell in the preview."""


class MappingScreen(Screen):
    """Lets a person say what the columns of the first unknown table of an arrival hold."""

    name = "mapping"

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._problem = PlainLabel("", "danger")
        self._keep = QCheckBox()

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Look inside")

    def arrive(self) -> None:
        """Show the table of the arrival that was chosen."""
        clear(self._column)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        arrival = self.house.finds.shown
        tables = [table for table in arrival.plan.tables if table.recipe] if arrival and arrival.plan else []
        if arrival is None or not tables:
            column.addWidget(PlainLabel(self.tr("This file has no table with dates."), "heading"))
            back = button(self.tr("Back"), "primary")
            back.clicked.connect(lambda: self.house.go.emit("bring-in"))
            column.addWidget(wrapping(back))
        else:
            self._table_page(column, arrival, TableMapping.of(tables[0]))
        self._column.addWidget(body)
        self._column.addStretch(1)

    def _table_page(self, column: QVBoxLayout, arrival: Arrival, mapping: TableMapping) -> None:
        table = mapping.table
        column.addWidget(PlainLabel(self.tr("What does this table say?"), "heading"))
        column.addWidget(PlainLabel(one_line(f"{table.member}  {table.sheet}", 160), "secondary"))
        for doubt in table.doubts:
            column.addWidget(PlainLabel(words.sentence("doubts", doubt, tongue()), "warning"))
        column.addWidget(self._preview(mapping))
        self._problem = PlainLabel("", "danger")
        self._problem.hide()
        name = QLineEdit(mapping.recipe.source)
        name.setAccessibleName(self.tr("Where does it come from?"))
        name.textEdited.connect(mapping.set_source)
        layouts = _chooser(
            ((said(f"layout-{layout}"), layout) for layout in Layout), mapping.recipe.mapping.layout, mapping.set_layout
        )
        makes = _chooser(
            ((said(f"makes-{one}"), one) for one in Makes), mapping.recipe.mapping.makes, mapping.set_makes
        )
        kinds = _chooser(
            ((words.kind(kind, tongue()).many, kind) for kind in KINDS), mapping.recipe.mapping.kind, mapping.set_kind
        )
        for text, field in (
            (self.tr("Where does it come from?"), name),
            (self.tr("How are the dates written?"), layouts),
            (self.tr("The rows are"), makes),
            (self.tr("Kind of fact"), kinds),
        ):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self._problem)
        self._keep = QCheckBox(self.tr("Read the next file with these columns like this too"))
        self._keep.setChecked(True)
        column.addWidget(self._keep)
        column.addWidget(
            PlainLabel(
                self.tr("A recipe is kept in your vault: names of columns, no row. The inbox shows your recipes."),
                "secondary",
            )
        )
        for word in own_recipes.telling(mapping.recipe)[:3]:
            text = words.sentence("recipes", "recipe-tells", tongue(), what=one_line(word, 60))
            column.addWidget(PlainLabel(text, "warning"))
        use = button(self.tr("Read it like this"), "primary")
        use.clicked.connect(lambda: self._use(arrival, mapping))
        back = button(self.tr("Back"))
        back.clicked.connect(lambda: self.house.go.emit("bring-in"))
        column.addWidget(wrapping(use, back))
        focus_soon(use)

    def _preview(self, mapping: TableMapping) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP // 2)
        for place, column in enumerate(mapping.table.columns):
            grid.addWidget(PlainLabel(one_line(column, CELL), "heading", wrap=False), 0, place)
            chooser = _chooser(
                ((said(str(field) if field else "none"), field) for field in (None, *Field)),
                mapping.field(column),
                lambda field, column=column: self._set_field(mapping, column, field),
            )
            chooser.setAccessibleName(self.tr("What the column {name} holds").format(name=one_line(column, CELL)))
            grid.addWidget(chooser, 1, place)
            for row, cells in enumerate(mapping.table.rows):
                grid.addWidget(PlainLabel(one_line(cells[place], CELL), wrap=False), row + 2, place)
        area = QScrollArea()
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(min(420, inner.sizeHint().height() + 24))
        return area

    def _set_field(self, mapping: TableMapping, column: str, field: Field | None) -> None:
        mapping.set_field(column, field)
        problem = mapping.problem
        self._problem.say(language.error_sentence(problem) if problem else "")
        self._problem.setVisible(bool(problem))

    def _use(self, arrival: Arrival, mapping: TableMapping) -> None:
        problem = mapping.problem
        if problem:
            self._problem.say(language.error_sentence(problem))
            self._problem.show()
            return
        if self._keep.isChecked():
            self._remember(mapping.text)
        self.house.finds.look_again(arrival, (mapping.text,))
        self.house.go.emit("bring-in")

    def _remember(self, text: str) -> None:
        vault = self.house.vault

        def refused(error: BaseException) -> None:
            reason = error.reason if isinstance(error, RecipeError) else "task-broke"
            self.house.announce.emit(language.error_sentence(reason))

        self.house.tasks.write(lambda _: own_recipes.keep(vault, text)).on_error(refused).start()


def said(name: str) -> str:
    """The words of a field, a layout or what rows become."""
    return words.sentences("fields")[name][tongue()]


def _chooser(entries: Iterable[tuple[str, object]], chosen: object, choose: Callable[..., None]) -> QComboBox:
    box = QComboBox()
    values = []
    for text, value in entries:
        box.addItem(text)
        values.append(value)
    box.setCurrentIndex(values.index(chosen))
    box.activated.connect(lambda place: choose(values[place]))
    return box
