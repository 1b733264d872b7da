"""Apple Health exports of any shape for tests, and a way to compare what was read from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec
from hypothesis import strategies as st

from importers.columns import Numbers, Texts
from importers.records import Item, Notice, Record, Samples

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="fr_FR">\n'
    ' <ExportDate value="2024-05-02 09:15:00 +0200"/>\n'
)
TAIL = "</HealthData>\n"
PLAIN = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="9" unit="count/min"'
    ' creationDate="2024-01-01 10:00:05 +0100" startDate="2024-01-01 10:00:00 +0100"'
    ' endDate="2024-01-01 10:00:00 +0100" value="{}"/>\n'
)
"""A record of the usual shape, to be formatted with its value."""

USUAL = ("type", "sourceName", "sourceVersion", "device", "unit", "creationDate", "startDate", "endDate", "value")

_STAMPS = st.sampled_from(
    (
        "2024-03-31 01:59:58 +0100",
        "2024-03-31 03:00:00 +0200",
        "1999-12-31 23:59:59 -0930",
        "2024-02-29 00:00:00 +0000",
        "2016-11-14 07:25:41 -0700",
    )
)
_ODD_STAMPS = st.sampled_from(
    ("2023-02-29 00:00:00 +0000", "2024-13-01 00:00:00 +0000", "2024-01-01T00:00:00Z", "", "0000-00-00 00:00:00 +0000")
)
_NUMBERS = st.one_of(
    st.integers(-(10**19), 10**19).map(str),
    st.decimals(-1000, 1000, places=4, allow_nan=False).map(str),
    st.sampled_from(("72", "0", "0.5", "007", "1e-5", "-0", "-0.0", ".5", "5.", "1.2.3", "NaN", "", "0." + "3" * 20)),
)
_TEXTS = st.sampled_from(
    ("Apple Watch", "Pas &amp; Santé", "a&#10;b", "a\tb", "l’iPhone de Zoé", "&lt;b&gt;", "x" * 300, "it's", "")
)
_TYPES = st.sampled_from(
    (
        "HKQuantityTypeIdentifierHeartRate",
        "HKQuantityTypeIdentifierStepCount",
        "HKQuantityTypeIdentifierDietaryWater",
        "HKCategoryTypeIdentifierAppleStandHour",
        "HKCategoryTypeIdentifierSleepAnalysis",
        "HKDataTypeSleepDurationGoal",
        "Ungewöhnlich",
    )
)
_DEVICE = st.sampled_from(
    (
        "&lt;&lt;HKDevice: 0x282a45810&gt;, name:Apple Watch, hardware:Watch2,4&gt;",
        "&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, hardware:Watch2,4&gt;",
        "Withings",
    )
)
_META = st.tuples(_TEXTS, _TEXTS).map(lambda pair: f'  <MetadataEntry key="{pair[0]}" value="{pair[1]}"/>')
_BEATS = st.lists(st.integers(40, 190), max_size=4).map(
    lambda beats: (
        "  <HeartRateVariabilityMetadataList>\n"
        + "".join(f'   <InstantaneousBeatsPerMinute bpm="{bpm}" time="7:47:4{bpm % 10},03"/>\n' for bpm in beats)
        + "  </HeartRateVariabilityMetadataList>"
    )
)
_STRANGE = st.sampled_from(("  <Note/>", '  <Note a="1">text</Note>', "  <!-- <Record -->", "  free text"))


@st.composite
def records(draw: st.DrawFn) -> str:
    """A record element: usual, or with its attributes shuffled, missing, doubled in number, or its children strange."""
    values = {
        "type": draw(_TYPES),
        "sourceName": draw(_TEXTS),
        "sourceVersion": draw(st.sampled_from(("1", "10.1.1"))),
        "device": draw(_DEVICE),
        "unit": draw(st.sampled_from(("count", "count/min", "mg/dL"))),
        "creationDate": draw(_STAMPS),
        "startDate": draw(_STAMPS),
        "endDate": draw(_STAMPS),
        "value": draw(_NUMBERS),
    }
    names = list(USUAL)
    quote = '"'
    if not draw(st.booleans()):
        names = draw(st.permutations(names))[: draw(st.integers(5, 9))]
        values["note"] = draw(_TEXTS)
        names = [*names, "note"] if draw(st.booleans()) else names
        values[draw(st.sampled_from(("creationDate", "startDate", "endDate")))] = draw(_ODD_STAMPS)
        quote = draw(st.sampled_from(('"', '"', "'")))
        values = {name: value.replace("'", "&apos;") for name, value in values.items()}
    between = draw(st.sampled_from((" ", " ", " ", "\n  ")))
    tag = "<Record " + between.join(f"{name}={quote}{values[name]}{quote}" for name in names)
    children = draw(st.lists(st.one_of(_META, _META, _BEATS, _STRANGE), max_size=3))
    if not children:
        return f" {tag}{draw(st.sampled_from(('/>', '/>', ' />', '></Record>')))}"
    return "\n".join((f" {tag}>", *children, " </Record>"))


_WORKOUT = (
    ' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="5" startDate="2016-11-14 07:25:41 -0700"'
    ' endDate="2016-11-14 07:30:52 -0700">\n  <MetadataEntry key="HKIndoorWorkout" value="0"/>\n </Workout>'
)


@st.composite
def exports(draw: st.DrawFn) -> str:
    """A whole export: records, alone or inside correlations and comments, and other elements between them."""
    pieces = [HEAD]
    for record in draw(st.lists(records(), max_size=8)):
        kind = draw(st.integers(0, 9))
        if kind == 0:
            stamp = draw(_STAMPS)
            pieces.append(
                f' <Correlation type="Food" startDate="{stamp}" endDate="{stamp}">\n{record}\n </Correlation>\n'
            )
        elif kind == 1 and "--" not in record:
            pieces.append(f" <!--\n{record}\n-->\n")
        elif kind == 2:
            pieces.append(_WORKOUT + "\n" + record + "\n")
        else:
            pieces.append(record + "\n")
    whole = "".join([*pieces, TAIL])
    return whole.replace("\n", draw(st.sampled_from(("\n", "\n", "\r\n"))))


def facts(read: Iterable[Record]) -> tuple[list[str], list[str], list[Notice]]:
    """What was read, in an order and a form that do not depend on batches: rows, items, notices."""
    rows: list[str] = []
    items: list[str] = []
    notices: list[Notice] = []
    for record in read:
        if isinstance(record, Samples):
            rows.extend(str(row) for row in sample_rows(record))
        elif isinstance(record, Notice):
            notices.append(record)
        else:
            assert isinstance(record, Item)
            items.append(json.dumps(msgspec.to_builtins(record), sort_keys=True))
    return sorted(rows), sorted(items), sorted(notices, key=str)


def sample_rows(samples: Samples) -> list[dict[str, Any]]:
    """Samples as one dictionary a row; offsets that are the one of the start are left out."""
    columns: dict[str, Numbers | Texts | None] = {"value": samples.value, "offset": samples.offset} | dict(
        samples.columns
    )
    texts = {name: list(column.texts()) for name, column in columns.items() if column is not None}
    ends = samples.end.tolist() if samples.end is not None else [None] * len(samples.start)
    rows = []
    for at, (start, end) in enumerate(zip(samples.start.tolist(), ends, strict=True)):
        row: dict[str, Any] = {"series": samples.series, "unit": samples.unit, "start": start, "end": end}
        row |= {name: column[at] for name, column in texts.items() if column[at] is not None}
        for name in ("endDateOffset", "creationDateOffset"):
            if row.get(name) == row.get("offset"):
                row.pop(name, None)
        rows.append(row)
    return rows
