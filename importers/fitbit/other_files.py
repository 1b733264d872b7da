"""The other tables and lists of Fitbit, by the name of their file: every row whole, at the time that it gives."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer, keep, skip
from importers.fitbit.sleep import compact
from importers.fitbit.stamps import instant, local, told
from importers.formats import tables
from importers.formats.json_records import Alike, entries
from importers.records import Item, Kind, Moment, Notice, Record

_ROOTS = ("**/Fitbit/**/", "**/Google Health/**/", "**/Global Export Data/")
_TIMES = (
    "timestamp",
    "dateTime",
    "startTime",
    "start_time",
    "sleep_start",
    "date",
    "DATE",
    "dateOfSleep",
    "dateEarned",
)
_KINDS = {"trackers": Kind.DEVICE, "profile": Kind.SETTING, "activity goals": Kind.SETTING}

skip(
    Rule(members=tuple(f"{root}*.csv" for root in _ROOTS), shape="text", starts=("no data",), named=True),
    source="fitbit",
    why="fitbit-no-data",
    weight=1,
)
keep(
    *(
        Rule(members=(f"**/{name}*",), named=True)
        for name in ("UserActivityProbabilities", "UserSensorCompressionToken")
    ),
    Rule(members=("**/fitbit_export_*.csv", "**/fitbit_export_*.xls"), named=True),
    source="fitbit",
    weight=2,
)


@importer(
    Rule(members=tuple(f"{root}*.csv" for root in _ROOTS), shape="csv", named=True),
    source="fitbit",
    product="health",
    reads="other tables",
    status="beta",
    weight=-1,
)
def other_tables(member: Member) -> Iterator[Record]:
    """Goals, trackers, stress, temperature, oxygen: one item a row."""
    alike = Alike()
    with member.open() as stream:
        for row in tables.rows(stream):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            stamp = next((cell for name in _TIMES if (cell := row.cells.get(name, ""))), "")
            yield from _zone(member, stamp)
            yield Item(
                kind=_kind(member),
                key=alike.key("row", *row.cells.values()),
                when=_when(stamp),
                title=_stem(member),
                details=row.cells,
            )


@importer(
    Rule(members=tuple(f"{root}*.json" for root in _ROOTS), shape="json-array", named=True),
    source="fitbit",
    product="health",
    reads="other lists",
    status="beta",
    weight=-1,
)
def other_lists(member: Member) -> Iterator[Record]:
    """One item an entry, whole in its details."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        stamp = next((cell for name in _TIMES if isinstance(cell := entry.fields.get(name), str)), "")
        yield from _zone(member, stamp)
        yield Item(
            kind=_kind(member),
            key=alike.key("entry", compact(entry).decode("utf-8", "replace")),
            when=_when(stamp),
            title=_stem(member),
            details=compact(entry),
        )


def _zone(member: Member, stamp: str) -> Iterator[Record]:
    if _is_wall(stamp):
        yield from told(member.archive)


def _when(stamp: str) -> Moment | None:
    return local(stamp) if _is_wall(stamp) else instant(stamp)


def _is_wall(stamp: str) -> bool:
    """Whether a time says no zone, and is no day and not in the older export's UTC either."""
    return (
        ":" in stamp
        and "/" not in stamp
        and not stamp.endswith("Z")
        and "+" not in stamp[10:]
        and "-" not in stamp[10:]
    )


def _stem(member: Member) -> str:
    name = member.path.rpartition("/")[2].rpartition(".")[0]
    return name.rstrip("0123456789-_() ")


def _kind(member: Member) -> Kind:
    return _KINDS.get(_stem(member).casefold(), Kind.MEASUREMENT)
