"""From a chart's numbers to its picture, sentence and CSV text; runs in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vault_app import words
from vault_app.explore.chart_data import ChartData
from vault_app.ui import figures
from vault_app.ui.bucket_names import bucket_name, day_name
from vault_app.ui.figures import Sheet
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault

if TYPE_CHECKING:
    from vault_app.explore.charts import Chart

HEAT = "heat"
"""The period that stands for the map of hours and days."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """What came out of a thread: the numbers (None for the map of hours), the picture, the sentence, CSV text."""

    data: ChartData | None
    png: bytes
    sentence: str
    csv: str


def draw(
    house: OpenVault, chart: Chart, period: str, span: tuple[int, int], sheet: Sheet, legend: tuple[str, str]
) -> Drawn:
    """Numbers, picture and sentence of a chart. In a thread."""
    from vault_app.explore import electricity

    if period == HEAT:
        heat = electricity.heat(house.vault, *span)
        png = picture(house, chart, period, span, sheet, legend, "png")
        sentence = words.sentence("charts", "heat", tongue())
        rows = (",".join("" if value != value else f"{value:.4f}" for value in row) for row in heat.hours.T.tolist())  # noqa: PLR0124
        return Drawn(None, png, sentence, "\r\n".join(rows))
    data = chart.data(house.vault, period, *span)  # type: ignore[arg-type]
    names = [bucket_name(bucket, period) for bucket in data.buckets]
    lines = [f"start,end,value_{data.unit},a_year_before,share_known"]
    lines += [
        f"{bucket.label},{bucket.end_us},{_cell(bucket.value)},{_cell(bucket.compared)},{bucket.measured:.3f}"
        for bucket in data.buckets
    ]
    return Drawn(data, figures.bars(data, names, legend, sheet), data.summary.sentence(tongue()), "\r\n".join(lines))


def picture(
    house: OpenVault,
    chart: Chart,
    period: str,
    span: tuple[int, int],
    sheet: Sheet,
    legend: tuple[str, str],
    kind: str,
) -> bytes:
    """The picture of a chart as a file of a kind. In a thread."""
    from vault_app.explore import electricity

    if period == HEAT:
        heat = electricity.heat(house.vault, *span)
        days = [day_name(heat.first_day + place) for place in range(heat.hours.shape[1])]
        return figures.heat(heat.hours, days, "kWh", sheet, kind)
    data = chart.data(house.vault, period, *span)  # type: ignore[arg-type]
    return figures.bars(data, [bucket_name(bucket, period) for bucket in data.buckets], legend, sheet, kind)


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
