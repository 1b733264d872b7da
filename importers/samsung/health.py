"""The tables of Samsung Health: workouts and nights as items, numbers as series, every other row whole.

A telephone and a watch both count steps, and a third row merges them: each device is a series of its own, and the
person is told once that they must not be added up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, cast

from importers.contract import Archive, Member, Rule, importer, keep
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.records import Item, Kind, Moment, Notice, Record
from importers.samsung.table import Line, end, lines, of_type, offset, start

_SERIES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files("importers.samsung").joinpath("types.toml").read_text(encoding="utf-8")
)
_KINDS = {
    "exercise": Kind.WORKOUT,
    "sleep": Kind.SLEEP,
    "sleep_combined": Kind.OTHER,
    "sleep_stage": Kind.OTHER,
    "food_intake": Kind.CONSUMPTION,
    "water_intake": Kind.CONSUMPTION,
}
"""By the end of the type. A combined night repeats nights, a stage is a part of one: neither is one more `sleep`."""

_TYPE = "com.samsung."
_DEVICE = "deviceuuid"
_BY_DAY = "steps-of-day"
_CHANGING = frozenset({"update_time"})

keep(
    Rule(members=("**/jsons/com.samsung.*/**", "**/samsunghealth_*/files/**"), named=True),
    source="samsung",
    kind=Kind.OTHER,  # thousands of small files: they are no documents of the person
)


@importer(
    Rule(starts=(_TYPE,), contains=("datauuid",)),
    Rule(members=("**/com.samsung.*.csv",), starts=(_TYPE,), named=True),
    source="samsung",
    product="health",
    reads="health tables",
    status="proven",
    facts_as_of="2022-07",
)
def tables(member: Member) -> Iterator[Record]:
    """One sample or one item a row; the type in the first line says which. Times are UTC with the row's own offset."""
    type_ = of_type(member)
    series = _SERIES.get(type_)
    by_day = series is not None and series["series"] == _BY_DAY
    measures = Measures(exclusive=by_day, incidental=_CHANGING)
    alike = Alike()
    subjects: set[str] = set()
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        when = start(line.fields)
        if when is None:
            yield Notice("table-date", line.position, "start_time")
        if series is None or when is None or series["value"] not in line.fields:
            yield _item(type_, line, when, alike)
            continue
        subject = _subject(line)
        subjects.add(subject)
        if by_day and len(subjects) > 1:
            yield from _told(member.archive)
        yield from _sample(series, line, when, subject, measures)
    yield from measures.samples()


def _sample(series: Mapping[str, str], line: Line, when: Moment, subject: str, measures: Measures) -> Iterator[Record]:
    taken = {series["value"], "start_time", "end_time", "day_time", "time_offset"}
    if when.offset is None and "time_offset" in line.fields:
        taken -= {"time_offset"}
    if subject and subject == line.fields.get(_DEVICE):
        taken.add(_DEVICE)
    more: dict[str, str] = {}
    for title, cell in line.cells.items():
        name = title.rpartition(".")[2]
        if name not in taken:
            more[name if name in _CHANGING else title] = cell
    until = end(line.fields, when)
    if until is None and "end_time" in line.fields:
        more["end_time"] = line.fields["end_time"]
    return measures.add(
        series["series"],
        series["unit"],
        when.us,
        line.fields[series["value"]],
        end=until,
        subject=subject,
        offset=when.offset,
        more=more,
    )


def _subject(line: Line) -> str:
    """The device; of trends of days, which have none, the kind of their source (-2 is all of them)."""
    return line.fields.get(_DEVICE) or line.fields.get("source_type", "")


def _item(type_: str, line: Line, when: Moment | None, alike: Alike) -> Item:
    name = type_.rpartition(".")[2]
    own = line.fields.get("datauuid", "")
    return Item(
        kind=_KINDS.get(name, Kind.MEASUREMENT),
        key=(name, own) if own else alike.key(name, *line.cells.values()),
        stable=bool(own),
        when=when if when is None or when.offset is not None else Moment(when.us, offset(line.fields), when.precision),
        end=end(line.fields, when) if when is not None and "end_time" in line.fields else None,
        title=line.fields.get("title", ""),
        text=line.fields.get("comment", ""),
        details=cast("dict[str, Any]", {"type": type_} | dict(line.cells)),
    )


def _told(archive: Archive) -> Iterator[Notice]:
    said = cast("list[bool]", archive.memo("samsung.devices", list))
    if not said:
        said.append(True)
        yield Notice("samsung-devices")
