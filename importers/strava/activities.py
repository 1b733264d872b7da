"""The table of activities: a row each, in the language of the account, with five names of columns that occur twice.

Facts: a real table of 2024 (94 columns), the French titles of another. Of two columns with one name the second one has
the exact value (metres, seconds); the first one shows what the screen showed. Both stay in the details, the second one
as ``Distance (2)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.formats.row_facts import Cells, Line, lines, numbered
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Notice, Record
from importers.strava.times import BESIDE, moment

_COLUMNS: Mapping[str, tuple[tuple[str, ...], int]] = {
    "id": (("Activity ID", "ID de l'activité"), 0),
    "date": (("Activity Date", "Date de l'activité"), 1),
    "name": (("Activity Name", "Nom de l'activité"), 2),
    "type": (("Activity Type", "Type d'activité"), 3),
    "description": (("Activity Description", "Description de l'activité"), 4),
    "elapsed": (("Elapsed Time", "Temps écoulé"), 5),
    "exact": (("Elapsed Time (2)", "Temps écoulé (2)"), 15),
}
"""What is needed of a row: the titles that are known, and the place of the column, which no language changes."""

_FILE = 12
_SECONDS = re.compile(r"\d{1,8}(?:\.\d+)?\Z")


@importer(
    Rule(header=frozenset({"Activity ID", "Activity Date", "Activity Type", "Activity Gear"})),
    Rule(header=frozenset({"ID de l'activité", "Date de l'activité", "Type d'activité"})),
    Rule(header=frozenset({"ID de l’activité", "Date de l’activité", "Type d’activité"})),
    Rule(members=("**/activities.csv",), shape="csv", named=True, beside=BESIDE),
    source="strava",
    product="activity",
    reads="activities",
    status="proven",
)
def activities(member: Member) -> Iterator[Record]:
    """A `workout` for each activity, from its start (UTC) for the time that passed. The file of its track is named."""
    alike = Alike()
    columns: dict[str, str] = {}
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        columns = columns or _columns(line.cells)
        written = line.cells.get(columns["date"], "")
        when = moment(written)
        if when is None:
            yield Notice("table-date", line.position, columns["date"])
        yield numbered(_activity(line, columns, when), alike)


def _activity(line: Line, columns: dict[str, str], when: Moment | None) -> Item:
    cells = line.cells
    own, title = cells.get(columns["id"], "").strip(), cells.get(columns["name"], "")
    taken = {columns["name"], columns["description"], *((columns["date"],) if when else ())}
    return Item(
        kind=Kind.WORKOUT,
        key=("activity", own) if own else ("activity", "", *cells.values()),
        stable=bool(own),
        when=when,
        end=_end(when, cells.get(columns["exact"], ""), cells.get(columns["elapsed"], "")),
        title=title or cells.get(columns["type"], ""),
        text=cells.get(columns["description"], ""),
        details=rest(cells, taken),
    )


def _columns(cells: Cells) -> dict[str, str]:
    """The title of each column that is needed, by its known titles, else by its place."""
    by_place = list(cells)
    plain = {name.replace("’", "'"): name for name in cells}
    found: dict[str, str] = {}
    for role, (titles, place) in _COLUMNS.items():
        named = next((plain[title] for title in titles if title in plain), "")
        found[role] = named or (by_place[place] if place < len(by_place) and _has_order(cells) else "")
    return found


def _has_order(cells: Cells) -> bool:
    """Whether a row looks as if its columns stood where they always do."""
    values = list(cells.values())
    file = values[_FILE] if len(values) > _FILE else ""
    return values[0].isdigit() and (not file or file.startswith(("activities/", "#")))


def _end(when: Moment | None, *lengths: str) -> int | None:
    length = next((text for text in lengths if _SECONDS.match(text)), "")
    return when.us + round(float(length) * 1_000_000) if when and length else None
