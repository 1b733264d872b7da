"""A mapping says which column is what; a proposal is a mapping with its doubts, for a person to judge."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from importers.formats.dates import NUMBERED, DateReader, Layout
from importers.generic.header import PERHAPS, Field, only_names, said, series_name, unit
from importers.generic.numerals import degrees
from importers.generic.survey import Column, Survey
from importers.records import Kind

ZONE = "Europe/Paris"
"""Where times without a zone are placed when nobody says otherwise; a doubt then."""

DENSE_ROWS = 24
_DENSE_GAP = 26 * 3_600_000_000
_NEARLY, _HALF = 0.9, 0.5
"""The part of a column's texts that must be dates: less where its name says that they are."""
_LONGEST_NAME = 200
_MOST_COLUMNS = 150


class Makes(StrEnum):
    """What the rows become."""

    ITEMS = "items"
    POSITIONS = "positions"
    MEASUREMENTS = "measurements"


class Places(StrEnum):
    """How coordinates are written."""

    DEGREES = "degrees"
    E7 = "e7"
    """Whole numbers of 1e-7 degrees."""


@dataclass(frozen=True)
class Mapping:
    """How the rows of a table become records.

    ``fields``: column name to field; other columns stay in the details only. ``layout``: of the dates. ``zone``: IANA
    name, where times without a zone are placed. ``decimal``: the decimal mark. ``kind``: of items. ``currency``,
    ``unit``, ``series``, ``title``: hold for all rows where no column says it.
    """

    fields: Table[str, Field]
    layout: Layout
    makes: Makes = Makes.ITEMS
    kind: Kind = Kind.OTHER
    zone: str = ZONE
    decimal: str = "."
    places: Places = Places.DEGREES
    currency: str = ""
    unit: str = ""
    series: str = ""
    title: str = ""

    def column(self, wanted: Field) -> str | None:
        """The first column of a field; None without one."""
        return next((name for name, held in self.fields.items() if held is wanted), None)

    def columns(self, wanted: Field) -> tuple[str, ...]:
        """All columns of a field."""
        return tuple(name for name, held in self.fields.items() if held is wanted)


class Doubt(StrEnum):
    """What a person should look at before agreeing; sentences stand in ``resources/words/doubts``."""

    NO_DATE = "no-date"
    DATE_ORDER = "date-order"
    ZONE = "zone-assumed"
    DECIMAL = "decimal-mark"
    NO_TITLE = "no-title"


@dataclass(frozen=True)
class Proposal:
    """``mapping`` None: there is no column of dates. ``confidence``: 0 to 1."""

    mapping: Mapping | None
    confidence: float = 0.0
    doubts: tuple[Doubt, ...] = field(default_factory=tuple)


def propose(survey: Survey) -> Proposal:
    """The likeliest mapping of a sheet, by its header and by what its columns hold."""
    columns = survey.columns
    time, sure = _time(columns)
    if time is None:
        return Proposal(None, 0.0, (Doubt.NO_DATE,))
    understood = columns[time].dated(_HALF)
    assert understood is not None
    decimal, mark_doubt = _decimal(columns.values())
    fields = _fields(columns, time)
    mapping = Mapping(fields, understood.layout, decimal=decimal)
    mapping = _made(mapping, survey)
    doubts = [Doubt.DATE_ORDER] if understood.others else []
    joined = mapping.column(Field.CLOCK) is not None or understood.layout is Layout.EXCEL_DAYS
    doubts += [Doubt.ZONE] if understood.local or joined else []
    numbers = bool({Field.AMOUNT, Field.DEBIT, Field.CREDIT, Field.VALUE, Field.LAT} & set(fields.values()))
    doubts += [Doubt.DECIMAL] if mark_doubt and numbers else []
    if mapping.makes is Makes.ITEMS and mapping.column(Field.TITLE) is None:
        doubts.append(Doubt.NO_TITLE)
    return Proposal(mapping, round(max(0.1, 0.9 * sure * understood.share - 0.15 * len(doubts)), 2), tuple(doubts))


def _time(columns: Table[str, Column]) -> tuple[str | None, float]:
    """The column that says when, and how sure that is: dates by their contents, numbers only with a name that fits."""
    best: tuple[float, str] | None = None
    for name, column in columns.items():
        words = said(name, Field.TIME)
        understood = column.dated(_HALF if words else _NEARLY)
        if understood is None:
            continue
        if understood.layout in NUMBERED and not words:
            continue
        score = max(words, 0.5 if understood.layout not in NUMBERED else 0.0)
        if said(name, Field.END) > words:
            score -= 0.4
        if best is None or score > best[0]:
            best = (score, name)
    return (best[1], min(1.0, best[0])) if best is not None else (None, 0.0)


def _fields(columns: Table[str, Column], time: str) -> dict[str, Field]:
    """Each field to the column whose name says it best, among those whose contents allow it."""
    chosen: dict[str, Field] = {time: Field.TIME}
    whole_days = not columns[time].clocks and all(":" not in text and "h" not in text for text in columns[time].head)

    def take(wanted: Field, fits: Callable[[Column], bool], least: float = 0.5) -> None:
        ranked = [
            (said(name, wanted), -place, name)
            for place, (name, column) in enumerate(columns.items())
            if name not in chosen and column.filled and fits(column)
        ]
        if ranked and max(ranked)[0] >= least:
            chosen[max(ranked)[2]] = wanted

    understood = columns[time].dated(_HALF)
    if whole_days and understood is not None and understood.layout not in NUMBERED:
        take(Field.CLOCK, lambda column: column.clocks >= 0.9 * column.filled and column.dates is None)
    take(Field.END, lambda column: column.dates is not None and column.dates.layout not in NUMBERED, PERHAPS * 0.9)
    take(Field.LAT, _coordinate, PERHAPS)
    take(Field.LON, _coordinate, PERHAPS)
    _pair(chosen, Field.LAT, Field.LON)
    for wanted in (Field.DEBIT, Field.CREDIT, Field.AMOUNT):
        take(wanted, lambda column: column.countable)
    if Field.AMOUNT in chosen.values():
        for name in [name for name, held in chosen.items() if held in {Field.DEBIT, Field.CREDIT}]:
            del chosen[name]
    take(Field.CURRENCY, lambda column: column.texts and column.longest <= 5)
    take(Field.UNIT, lambda column: column.texts and column.longest <= 20)
    take(Field.TITLE, lambda column: column.texts)
    take(Field.TEXT, lambda column: column.texts)
    take(Field.PARTY, lambda column: column.texts, PERHAPS * 0.95)
    take(Field.VALUE, lambda column: column.numeric)
    return chosen


def _coordinate(column: Column) -> bool:
    """Whether at least half of the texts are coordinates: the name says so already, and a damaged row of a short table
    must not cost the others their places."""
    sided = sum(any(degrees(text, mark, 180) is not None for mark in ".,") for text in column.head)
    return column.countable or (2 * sided >= len(column.head) and column.dates is None)


def _pair(chosen: dict[str, Field], one: Field, other: Field) -> None:
    """A latitude without a longitude is no place."""
    if (one in chosen.values()) != (other in chosen.values()):
        for name in [name for name, held in chosen.items() if held in {one, other}]:
            del chosen[name]


def _made(mapping: Mapping, survey: Survey) -> Mapping:
    """What the rows become, from the fields that were found."""
    held = set(mapping.fields.values())
    storable = len(survey.columns) <= _MOST_COLUMNS and all(len(name) <= _LONGEST_NAME for name in survey.columns)
    wordy = bool({Field.TITLE, Field.TEXT, Field.PARTY, Field.END} & held)
    if Field.LAT in held:
        mapping = replace(mapping, places=_places(mapping, survey.columns))
    if held & {Field.AMOUNT, Field.DEBIT, Field.CREDIT}:
        return _titled(replace(mapping, kind=Kind.TRANSACTION), survey)
    if Field.LAT in held and storable and not wordy:
        return replace(mapping, makes=Makes.POSITIONS, fields=_without(mapping, Field.VALUE, Field.UNIT))
    if storable and not wordy and Field.LAT not in held and _dense(mapping, survey):
        return _measuring(mapping, survey.columns)
    return _titled(replace(mapping, fields=_without(mapping, Field.VALUE, Field.UNIT)), survey)


def _without(mapping: Mapping, *left_out: Field) -> dict[str, Field]:
    return {name: held for name, held in mapping.fields.items() if held not in left_out}


def _places(mapping: Mapping, columns: Table[str, Column]) -> Places:
    found = [columns[name] for name in (mapping.column(Field.LAT), mapping.column(Field.LON)) if name is not None]
    whole = all(column.points == 0 and column.largest > 180 for column in found)
    return Places.E7 if whole else Places.DEGREES


def _dense(mapping: Mapping, survey: Survey) -> bool:
    """Whether the rows are samples: numbers, at different times, a day apart at most."""
    time = mapping.column(Field.TIME)
    assert time is not None
    if survey.rows < DENSE_ROWS or not _value_columns(mapping, survey.columns):
        return False
    if any(column.texts and column.different > 20 for column in survey.columns.values()):
        return False
    reader = DateReader(mapping.layout, ZoneInfo(mapping.zone))
    clock = mapping.column(Field.CLOCK)
    days = survey.columns[time].head
    clocks = survey.columns[clock].head if clock is not None else [""] * len(days)
    found = [reader.moment(day, hour) for day, hour in zip(days, clocks, strict=False)]
    moments = sorted({moment.us for moment in found if moment is not None})
    if len(moments) < max(2, DENSE_ROWS // 2):
        return False
    gaps = [after - before for before, after in itertools.pairwise(moments)]
    return statistics.median(gaps) <= _DENSE_GAP


def _value_columns(mapping: Mapping, columns: Table[str, Column]) -> list[str]:
    named = [name for name in mapping.columns(Field.VALUE) if said(name, Field.VALUE) > PERHAPS]
    return named or [
        name
        for name, column in columns.items()
        if mapping.fields.get(name, Field.VALUE) is Field.VALUE
        and column.numeric
        and column.dates is None
        and not only_names(name)
    ]


def _measuring(mapping: Mapping, columns: Table[str, Column]) -> Mapping:
    """Each column of numbers is a series; one column of values may hold several, named by a column of few words."""
    values = _value_columns(mapping, columns)[:20]
    fields = dict(mapping.fields) | dict.fromkeys(values, Field.VALUE)
    if len(values) == 1:
        named = [
            (said(name, Field.SERIES), name)
            for name, column in columns.items()
            if name not in fields and column.texts and column.different <= 50
        ]
        if named and max(named)[0] >= PERHAPS:
            fields[max(named)[1]] = Field.SERIES
    one = values[0] if len(values) == 1 and Field.SERIES not in fields.values() else ""
    return replace(
        mapping,
        fields=fields,
        makes=Makes.MEASUREMENTS,
        kind=Kind.MEASUREMENT,
        series=series_name(one) if one else "",
        unit=unit(one) if one and Field.UNIT not in fields.values() else "",
    )


def _titled(mapping: Mapping, survey: Survey) -> Mapping:
    """Items are found again by their title: without a column called so, the one with the most different words."""
    if mapping.column(Field.TITLE) is not None:
        return mapping
    words = [
        (column.different, -place, name)
        for place, (name, column) in enumerate(survey.columns.items())
        if name not in mapping.fields and column.texts and column.longest <= 300
    ]
    if not words:
        return mapping
    return replace(mapping, fields=dict(mapping.fields) | {max(words)[2]: Field.TITLE})


def _decimal(columns: Iterable[Column]) -> tuple[str, bool]:
    """The decimal mark of a table by all its numbers, and whether that stays doubtful."""
    comma = dot = either = 0
    for column in columns:
        if column.dates is None or column.dates.layout in NUMBERED:
            comma, dot = comma + column.marks.comma, dot + column.marks.dot
            either += column.marks.either
    return ("," if comma > dot else "."), (either > 0 and comma == dot)
