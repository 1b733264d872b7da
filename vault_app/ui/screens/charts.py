"""Charts by question: one sentence, one picture, the same numbers as a table, and ways to take them along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from vault_app import words
from vault_app.explore.chart_data import ChartData
from vault_app.ui import picker, theme
from vault_app.ui.chart_drawing import HEAT, Drawn, draw, picture
from vault_app.ui.figures import Sheet
from vault_app.ui.language import locale, tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import Screen, button, page
from vault_app.ui.tasks import Job
from vault_app.ui.tokens import GAP, LIGHT
from vault_app.ui.widgets.bucket_table import BucketModel
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.picture import Picture
from vault_app.ui.widgets.time_axis import DAY

if TYPE_CHECKING:
    from vault_app.explore.charts import Chart

SHOWN = {"year": 0, "month": 36 * 31 * DAY, "day": 62 * DAY, "half-hour": DAY, HEAT: 366 * DAY}
"""How long a span is shown at once in each period, us; 0: all of it."""


class ChartsScreen(Screen):
    """The gallery and one chart."""

    name = "charts"
    follows = frozenset({"span"})

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._charts: list[Chart] = []
        self._span: tuple[int, int] | None = None
        self._period = "month"
        self._until: int | None = None
        self._drawn: Drawn | None = None
        self.question = QComboBox()
        self.question.setAccessibleName(self.tr("Question"))
        self.question.activated.connect(self._choose_question)
        self.sentence = PlainLabel("", "heading")
        self.picture = Picture()
        self.picture.wanted.connect(self._draw)
        self.table = QTableView()
        self._model = BucketModel(self)
        self._pages = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._body())

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Charts")

    def arrive(self) -> None:
        """Ask which charts have numbers."""
        vault = self.house.vault

        def work(_: Job) -> list[tuple[Chart, tuple[int, int]]]:
            from vault_app.explore.charts import CHARTS

            found = [(chart, chart.span(vault)) for chart in CHARTS]
            return [(chart, span) for chart, span in found if span is not None]

        self.house.tasks.read(work).replacing("charts").on_done(self._came).start()

    def _body(self) -> QWidget:
        area, column = page(self)
        column.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.question)
        self._periods = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        names = {
            "half-hour": self.tr("Half-hour"),
            "day": self.tr("Day"),
            "month": self.tr("Month"),
            "year": self.tr("Year"),
            HEAT: self.tr("Hours and days"),
        }
        for period, text in names.items():
            made = button(text)
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, period=period: self._choose_period(period))
            self._periods.addButton(made)
            self._buttons[period] = made
        column.addWidget(wrapping(*self._buttons.values()))
        column.addWidget(self.sentence)
        self._views = QStackedWidget()
        self._views.addWidget(self.picture)
        self._set_up_table()
        self._views.addWidget(self.table)
        column.addWidget(self._views, 1)
        self._known = PlainLabel("", "secondary")
        column.addWidget(self._known)
        column.addWidget(self._tools())
        return area

    def _tools(self) -> QWidget:
        self._earlier = button(self.tr("Earlier"))
        self._later = button(self.tr("Later"))
        self._earlier.clicked.connect(lambda: self._move(-1))
        self._later.clicked.connect(lambda: self._move(1))
        self._as_table = button(self.tr("See the table"))
        self._as_table.clicked.connect(self._turn)
        tools: list[QWidget] = [self._earlier, self._later, self._as_table]
        for text, kind in ((self.tr("Image…"), "png"), ("SVG…", "svg"), ("PDF…", "pdf"), ("CSV…", "csv")):
            made = button(text)
            made.clicked.connect(lambda _=False, kind=kind: self._save(kind))
            tools.append(made)
        return wrapping(*tools)

    def _set_up_table(self) -> None:
        self.table.setModel(self._model)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        column.addWidget(PlainLabel(self.tr("Charts will appear here."), "heading"))
        column.addWidget(
            PlainLabel(
                self.tr("Electricity comes with the file of Enedis, listening with Spotify, watching with Netflix.")
            )
        )
        go = button(self.tr("Bring in a first archive"), "primary")
        go.clicked.connect(lambda: self.house.go.emit("inbox"))
        column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return empty

    def _came(self, found: list[tuple[Chart, tuple[int, int]]]) -> None:
        self._pages.setCurrentIndex(1 if found else 0)
        before = self.question.currentData()
        self._charts = [chart for chart, _ in found]
        self._spans = {chart.id: span for chart, span in found}
        self.question.clear()
        for chart in self._charts:
            self.question.addItem(words.sentence("charts", chart.question, tongue()), chart.id)
        at = self.question.findData(before)
        self.question.setCurrentIndex(max(0, at))
        if found:
            self._choose_question()

    def _choose_question(self) -> None:
        chart = self._chart()
        self._span = self._within(self._spans[chart.id])
        wanted = [*chart.periods, *([HEAT] if chart.id == "electricity" else [])]
        for period, made in self._buttons.items():
            made.setVisible(period in wanted)
        self._choose_period(self._period if self._period in wanted else "month")

    def _within(self, span: tuple[int, int]) -> tuple[int, int]:
        """The part of a span that the selection has; all of it when they do not meet."""
        chosen = self.house.selection
        since = max(span[0], chosen.since) if chosen.since is not None else span[0]
        until = min(span[1], chosen.until) if chosen.until is not None else span[1]
        return (since, until) if since < until else span

    def _chart(self) -> Chart:
        return self._charts[max(0, self.question.currentIndex())]

    def _choose_period(self, period: str) -> None:
        self._period = period
        self._until = None
        self._buttons[period].setChecked(True)
        self._as_table.setEnabled(period != HEAT)
        if period == HEAT:
            self._views.setCurrentIndex(0)
        self._draw()

    def _move(self, way: int) -> None:
        since, until = self._shown()
        if self._span is not None:
            self._until = max(self._span[0] + (until - since), min(self._span[1], until + way * (until - since)))
        self._draw()

    def _shown(self) -> tuple[int, int]:
        assert self._span is not None, "there is a chart"
        first, last = self._span
        length = SHOWN[self._period]
        until = self._until if self._until is not None else last
        return (first, last) if not length or length >= last - first else (max(first, until - length), until)

    def _draw(self) -> None:
        if self._span is None or not self._charts or self.picture.width() < 50:
            return
        chart, period, (since, until) = self._chart(), self._period, self._shown()
        longer = since > self._span[0] or until < self._span[1]
        self._earlier.setEnabled(longer and since > self._span[0])
        self._later.setEnabled(longer and until < self._span[1])
        size = self.picture.size()
        sheet = Sheet(size.width(), size.height(), self.devicePixelRatioF(), theme.colours())
        legend = (self.tr("this period"), self.tr("a year before"))
        self._last = (chart, period, since, until)

        def work(_: Job) -> Drawn:
            return draw(self.house, chart, period, (since, until), sheet, legend)

        self.house.tasks.read(work).replacing("chart").on_done(self._show).start()

    def _show(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self.sentence.say(drawn.sentence)
        self.picture.show_png(drawn.png, drawn.sentence)
        self.table.setAccessibleName(drawn.sentence)
        self._model.show_data(drawn.data, self._period)
        self._known.say(self._known_text(drawn.data))

    def _known_text(self, data: ChartData | None) -> str:
        if data is None:
            return self.tr("Dark means much, light means little, empty means unknown.")
        known = [bucket for bucket in data.buckets if bucket.value is not None]
        if data.buckets and len(known) < len(data.buckets):
            text = self.tr("{known} of {all} periods are known; the others are left empty.")
            return text.format(known=locale().toString(len(known)), all=locale().toString(len(data.buckets)))
        return ""

    def _turn(self) -> None:
        table = self._views.currentIndex() == 0
        self._views.setCurrentIndex(1 if table else 0)
        self._as_table.setText(self.tr("See the picture") if table else self.tr("See the table"))

    def _save(self, kind: str) -> None:
        if self._drawn is None:
            return
        chart, period, since, until = self._last
        proposed = Path.home() / f"{chart.id}-{period}.{kind}"
        name = picker.choose_new_file(self, self.tr("Save the chart"), proposed, f"*.{kind}")
        if name is None:
            return
        size = self.picture.size()
        sheet = Sheet(size.width(), size.height(), 2.0, LIGHT)
        legend = (self.tr("this period"), self.tr("a year before"))
        house, csv = self.house, self._drawn.csv

        def work(_: Job) -> None:
            from vault_app.vault.ledger import Op

            made = (
                csv.encode("utf-8-sig")
                if kind == "csv"
                else picture(house, chart, period, (since, until), sheet, legend, kind)
            )
            Path(name).write_bytes(made)
            house.vault.note(Op.EXPORT_WRITTEN, {"chart": chart.id, "target": kind})

        self.house.tasks.write(work).named(self.tr("Saving the chart")).on_done(
            lambda _: self.house.announce.emit(self.tr("The chart was saved."))
        ).start()
