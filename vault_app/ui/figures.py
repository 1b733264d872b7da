"""Figures drawn by matplotlib, in a thread, never in the window's: bars by period and the map of hours and days.

Imported late: matplotlib takes half a second. No Qt here: a figure becomes a PNG, SVG or PDF.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from vault_app.explore.chart_data import ChartData
from vault_app.ui.tokens import Colours
from vault_app.words import RESOURCES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 100


@dataclass(frozen=True)
class Sheet:
    """Size of a picture in pixels, how many real pixels each is, and the look."""

    width: int
    height: int
    ratio: float
    look: Colours


def bars(data: ChartData, names: Sequence[str], legend: tuple[str, str], sheet: Sheet, kind: str = "png") -> bytes:
    """Bars of the buckets with the year before behind them. ``names``: a name a bucket, as the axis writes it.

    ``legend``: what the bars are, and what the bars behind are. ``kind``: ``png``, ``svg`` or ``pdf``.
    """
    figure, axes = _figure(sheet)
    look = sheet.look
    at = np.arange(len(data.buckets))
    values = np.array([np.nan if bucket.value is None else bucket.value for bucket in data.buckets], np.float64)
    before = np.array([np.nan if bucket.compared is None else bucket.compared for bucket in data.buckets], np.float64)
    if np.isnan(before).all():
        axes.bar(at, np.nan_to_num(values), 0.8, color=look.marks[0], label=legend[0])
    else:
        axes.bar(at - 0.2, np.nan_to_num(before), 0.4, color=look.surface, edgecolor=look.marks[5], hatch="////",
                 linewidth=1, label=legend[1])  # fmt: skip
        axes.bar(at + 0.2, np.nan_to_num(values), 0.4, color=look.marks[0], label=legend[0])
        axes.legend(frameon=False, labelcolor=look.text, loc="upper left", ncols=2, bbox_to_anchor=(0, 1.12))
    step = max(1, -(-len(names) // max(4, sheet.width // 90)))
    axes.set_xticks(at[::step], list(names)[::step])
    axes.set_xlim(-0.7, max(0.7, len(at) - 0.3))
    axes.set_ylabel("" if data.unit == "1" else data.unit, color=look.secondary)
    axes.grid(axis="y", color=look.line, linewidth=0.8)
    axes.set_axisbelow(True)
    return _written(figure, sheet, kind)


def heat(matrix: npt.NDArray[np.float64], days: Sequence[str], unit: str, sheet: Sheet, kind: str = "png") -> bytes:
    """Hours (rows, midnight below) by days (columns); NaN stays empty. ``days``: a name a column."""
    from matplotlib.colors import LinearSegmentedColormap

    figure, axes = _figure(sheet)
    look = sheet.look
    shades = LinearSegmentedColormap.from_list("shades", [look.chosen, look.marks[0], look.text])
    known = matrix[~np.isnan(matrix)]
    highest = float(np.percentile(known, 99)) if len(known) else 1.0
    picture = axes.imshow(matrix, aspect="auto", origin="lower", interpolation="nearest", cmap=shades, vmin=0,
                          vmax=highest or 1.0)  # fmt: skip
    axes.set_yticks([0, 6, 12, 18, 23], ["0 h", "6 h", "12 h", "18 h", "23 h"])
    step = max(1, -(-len(days) // max(4, sheet.width // 110)))
    axes.set_xticks(range(0, len(days), step), list(days)[::step])
    bar = figure.colorbar(picture, ax=axes, fraction=0.03, pad=0.02)
    bar.set_label(unit, color=look.secondary)
    bar.ax.tick_params(colors=look.secondary)
    return _written(figure, sheet, kind)


def warm_up() -> None:
    """Import matplotlib and its font list, so that the first figure is quick."""
    _figure(Sheet(100, 100, 1.0, _plain_look()))


def _plain_look() -> Colours:
    from vault_app.ui.tokens import LIGHT

    return LIGHT


def _figure(sheet: Sheet) -> tuple[Figure, Axes]:
    from matplotlib import font_manager, rcParams
    from matplotlib.figure import Figure as Made

    for path in sorted((RESOURCES / "fonts").glob("*.ttf")):
        if not any(entry.fname == str(path) for entry in font_manager.fontManager.ttflist):
            font_manager.fontManager.addfont(str(path))
    rcParams["font.family"] = "Inter"
    rcParams["svg.fonttype"] = "path"
    look = sheet.look
    figure = Made(
        figsize=(sheet.width / DPI, sheet.height / DPI), dpi=DPI, layout="constrained", facecolor=look.surface
    )
    axes = figure.add_subplot()
    axes.set_facecolor(look.surface)
    axes.tick_params(colors=look.secondary, length=0)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(look.border)
    return figure, axes


def _written(figure: Figure, sheet: Sheet, kind: str) -> bytes:
    out = io.BytesIO()
    metadata = {"Date": None} if kind == "svg" else {"CreationDate": None} if kind == "pdf" else {}
    figure.savefig(out, format=kind, dpi=DPI * sheet.ratio, facecolor=sheet.look.surface, metadata=metadata)
    return out.getvalue()
