"""The numbers of a chart as a table."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from vault_app.explore.chart_data import ChartData
from vault_app.ui.bucket_names import bucket_name
from vault_app.ui.language import locale


class BucketModel(QAbstractTableModel):
    """The numbers of a chart as a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._data: ChartData | None = None
        self._period = "month"

    def show_data(self, data: ChartData | None, period: str) -> None:
        """Show other numbers."""
        self.beginResetModel()
        self._data, self._period = data, period
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """One a bucket."""
        return 0 if self._data is None or parent.isValid() else len(self._data.buckets)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Period, value, a year before, how much is known."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        unit = "" if self._data is None or self._data.unit == "1" else f" ({self._data.unit})"
        names = (self.tr("Period"), self.tr("Value") + unit, self.tr("A year before") + unit, self.tr("Known"))
        return names[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if self._data is None or not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        bucket = self._data.buckets[index.row()]
        match index.column():
            case 0:
                return bucket_name(bucket, self._period)
            case 1:
                return "" if bucket.value is None else locale().toString(bucket.value, "f", 2)
            case 2:
                return "" if bucket.compared is None else locale().toString(bucket.compared, "f", 2)
            case _:
                return f"{round(bucket.measured * 100)} %"
