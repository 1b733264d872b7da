"""Suez and its sister sites: the JSON that their pages draw days and months from, newer and older.

Facts: programs that read it. Newer: ``measures`` with ``date`` (local midnight), ``index`` and ``volume`` in m3; an
index of null beside a volume of 0 is no measurement. Older: rows ``[JJ/MM/AAAA, volume, index]`` under ``statJData``
(days) and ``statMData`` (months), where an index of 0 is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import paris_clock
from importers.formats.french_stamps import day
from importers.formats.json_records import listed, text
from importers.formats.meter_slots import Slots, thousandfold, unread, value
from importers.records import Notice, Record

_LARGEST = 64 << 20
_TAKEN = frozenset({"date", "volume"})
_OLDER = re.compile(rb'"(stat[JM]Data)"\s*:\s*\[')
_ROW = re.compile(rb"\[[^\[\]]{0,500}\]")


@importer(
    Rule(shape="json-object", keys=frozenset({"content", "measures", "index", "volume"})),
    source="suez",
    reads="water consumption (JSON)",
    languages=("fr",),
)
def measures(member: Member) -> Iterator[Record]:
    """Litres over civil days; measures of several days (months) are instants of a series of their own, as the site does
    not say whether their date begins or ends them.
    """
    days, others = Slots("water-volume", "L", ""), Slots("water-volume-monthly", "L", "")
    for entry in listed(member.read(_LARGEST), "measures"):
        if isinstance(entry, Notice):
            yield entry
            continue
        try:
            _measure(entry.fields, days, others)
        except (ValueError, TypeError, AttributeError, OverflowError):
            yield from unread(entry.position, entry.fields)
            continue
        yield from days.full()
        yield from others.full()
    yield from days.samples()
    yield from others.samples()


def _measure(fields: dict[str, Any], days: Slots, others: Slots) -> None:
    of = day(fields.get("date"))
    if of is None:
        raise ValueError("no day")
    missing = "index" in fields and fields["index"] is None and not fields.get("volume")
    litres = None if missing or fields.get("volume") is None else thousandfold(value(text(fields, "volume")))
    beside = {name: text(fields, name) or str(fields[name]) for name in fields if name not in _TAKEN}
    beside["volume (m3)"] = text(fields, "volume")
    beside = {name: cell for name, cell in beside.items() if cell not in {"", "None"}}
    start, end = paris_clock.day(of)
    count = fields.get("numberOfDays")
    if isinstance(count, int) and count > 1:
        others.add(start, None, litres, paris_clock.offset(start), None, beside)
    else:
        days.add(start, end, litres, paris_clock.offset(start), None, beside)


@importer(
    Rule(shape="json-object", keys=frozenset({"statJData"})),
    Rule(shape="json-object", keys=frozenset({"statMData"})),
    source="suez",
    reads="water consumption (older JSON)",
    languages=("fr",),
)
def older_measures(member: Member) -> Iterator[Record]:
    """Litres over civil days; months are instants, as for the newer form."""
    data = member.read(_LARGEST)
    lists = list(_OLDER.finditer(data))
    for found, beyond in zip(lists, [*(other.start() for other in lists[1:]), len(data)], strict=True):
        daily = found[1] == b"statJData"
        slots = Slots("water-volume" if daily else "water-volume-monthly", "L", "")
        for number, row in enumerate(_ROW.finditer(data, found.end(), beyond), 1):
            try:
                of, volume, index = msgspec.json.decode(row[0])
                start, end = paris_clock.day(_day(of))
                litres = None if not index else thousandfold(value(text({"volume": volume}, "volume")))
            except (msgspec.DecodeError, ValueError, TypeError, OverflowError):
                yield from unread(f"record {number}", (row[0].decode("utf-8", "replace"),))
                continue
            beside = {"volume (m3)": str(volume), "index": str(index)}
            slots.add(start, end if daily else None, litres, paris_clock.offset(start), None, beside)
        yield from slots.samples()
    if not data.rstrip().endswith((b"}", b"]", b";")):
        yield Notice("json-cut-off", f"byte {len(data)}")


def _day(text_: object) -> Any:
    found = day(text_)
    if found is None:
        raise ValueError("no day")
    return found
