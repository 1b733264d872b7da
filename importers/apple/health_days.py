"""Day summaries: the rings of the watch, one series a figure, one value a day."""

from __future__ import annotations

from collections.abc import Iterator

from importers.apple.health_names import kebab
from importers.columns import numbers, times
from importers.formats.digit_columns import stamp
from importers.formats.xml_stream import Element
from importers.records import Samples

_UNITS = {
    "appleMoveTime": "min",
    "appleMoveTimeGoal": "min",
    "appleExerciseTime": "min",
    "appleExerciseTimeGoal": "min",
    "appleStandHours": "h",
    "appleStandHoursGoal": "h",
}
_HELD = 20_000
_DAY = 86_400_000_000


class DaySummaries:
    """Gathers ActivitySummary elements. A day stands at 00:00 UTC of its date; days without the watch hold zeros."""

    def __init__(self) -> None:
        self._figures: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._rows = 0

    def add(self, element: Element) -> bool:
        """Take one day; False when it does not have the shape of a day, and nothing was taken."""
        attributes = dict(element.attributes)
        found = stamp(f"{attributes.pop('dateComponents', '')} 00:00:00 +0000")
        figures = [name for name in attributes if not name.endswith("Unit")]
        stray = {name for name in attributes if name.endswith("Unit")} - {f"{name}Unit" for name in figures}
        if found is None or element.children or element.text or stray or not figures:
            return False
        for name in figures:
            energy = attributes.get(f"{name.removesuffix('Goal')}Unit")
            unit = attributes.get(f"{name}Unit") or energy or _UNITS.get(name, "")
            self._figures.setdefault((name, unit), []).append((found[0], attributes[name]))
            self._rows += 1
        return True

    def due(self) -> Iterator[Samples]:
        """What has grown large enough to go."""
        if self._rows >= _HELD:
            yield from self.rest()

    def rest(self) -> Iterator[Samples]:
        """Everything that is held. A later export corrects a day that was not over."""
        for (name, unit), rows in self._figures.items():
            start = times(at for at, _ in rows)
            yield Samples(
                series=f"daily-{kebab(name.removeprefix('apple'))}",
                unit=unit[:100],
                start=start,
                end=start + _DAY,
                value=numbers(value for _, value in rows),
                exclusive=True,
            )
        self._figures, self._rows = {}, 0
