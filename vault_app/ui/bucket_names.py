"""How the periods of a chart are called on its axis and in its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate

from vault_app.ui.language import locale

if TYPE_CHECKING:
    from vault_app.explore.chart_data import Bucket


def bucket_name(bucket: Bucket, period: str) -> str:
    """The name of a bucket, from its local beginning."""
    label = bucket.label
    if period == "year":
        return label[:4]
    if period == "half-hour":
        return label[11:16]
    year, month = int(label[:4]), int(label[5:7])
    if period == "month":
        return locale().toString(QDate(year, month, 1), "MMM yyyy")
    return locale().toString(QDate(year, month, int(label[8:10])), "d MMM")


def day_name(day: int) -> str:
    """The name of a day, days since 1970."""
    return locale().toString(QDate(1970, 1, 1).addDays(day), "d MMM yy")
