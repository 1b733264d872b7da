"""The App Privacy Report of an iPhone: which app used the contacts, the microphone, the place, and whom apps talked to.

Facts: a real report of 2022. One JSON object a line; an access has a line when it begins and one when it ends, joined
by an identifier; contacts with servers are summed up for an app, a domain and a site over the last seven days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.apple.stamps import moment
from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.json_records import text as field
from importers.formats.text_lines import text_lines
from importers.records import Handle, Item, Json, Kind, Notice, Record, Role

LINE = 1 << 20
"""Bytes of the longest line."""

OPEN = 50_000
"""Accesses that have begun and not ended which are remembered."""


@importer(
    Rule(shape="json-lines", keys=frozenset({"type", "accessor", "category", "timeStamp"})),
    Rule(shape="json-lines", keys=frozenset({"type", "domain", "bundleID", "hits"})),
    Rule(members=("**/App_Privacy_Report*.ndjson",)),
    source="apple",
    reads="accesses and contacts of apps",
    product="app-privacy-report",
    status="proven",
)
def privacy_report(member: Member) -> Iterator[Record]:
    """One item an access, from its beginning to its end, and one for each app, domain and site that it talked to."""
    yield from few_notices(_read(member))


def _read(member: Member) -> Iterator[Record]:
    begun: dict[str, dict[str, Any]] = {}
    alike = Alike()
    with member.open() as stream:
        for line in text_lines(stream, LINE):
            if line.error is not None:
                yield from (_access(alike, begin, None) for begin in begun.values())
                raise line.error
            if not line.lost and not line.text.strip():
                continue
            fields = None if line.lost else _decoded(line.text)
            if not isinstance(fields, dict):
                yield Notice("table-row" if line.lost else "json-broken", f"line {line.number}")
                continue
            if moment(field(fields, "timeStamp")) is None:
                yield Notice("table-date", f"line {line.number}", "timeStamp")
            yield from _line(alike, fields, begun)
    yield from (_access(alike, begin, None) for begin in begun.values())


def _decoded(text: str) -> Json:
    try:
        return msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _line(alike: Alike, fields: dict[str, Any], begun: dict[str, dict[str, Any]]) -> Iterator[Item]:
    kind, own = fields.get("kind"), field(fields, "identifier")
    if fields.get("type") == "networkActivity":
        yield _contact(alike, fields)
    elif fields.get("type") != "access":
        yield Item(
            kind=Kind.OTHER,
            key=alike.key("line", msgspec.json.encode(fields).decode()),
            when=moment(field(fields, "timeStamp")),
            title=field(fields, "type"),
            details=fields,
        )
    elif kind == "intervalBegin" and own and own not in begun:
        begun[own] = fields
        if len(begun) > OPEN:
            yield _access(alike, begun.pop(next(iter(begun))), None)
    elif kind == "intervalEnd" and own in begun:
        yield _access(alike, begun.pop(own), fields)
    else:
        yield _access(alike, fields, None)


def _access(alike: Alike, first: dict[str, Any], last: dict[str, Any] | None) -> Item:
    """``last``: the line of the end; None when the report does not have it, or has nothing else."""
    accessor = first.get("accessor")
    app = field(accessor, "identifier") if isinstance(accessor, dict) else ""
    ended = moment(field(last, "timeStamp")) if last is not None else None
    differs = {name: value for name, value in (last or {}).items() if first.get(name) != value}
    return Item(
        kind=Kind.OTHER,
        key=alike.key("access", field(first, "identifier"), app, field(first, "category")),
        when=moment(field(first, "timeStamp")),
        end=ended.us if ended else None,
        title=app,
        text=field(first, "category"),
        parties=_app(app),
        details=first | ({"end": differs} if differs else {}),
    )


def _contact(alike: Alike, fields: dict[str, Any]) -> Item:
    """Contacts of one app with one domain. A later report of the same seven days has the same first time."""
    app, domain = field(fields, "bundleID"), field(fields, "domain")
    first = moment(field(fields, "firstTimeStamp"))
    last = moment(field(fields, "timeStamp"))
    return Item(
        kind=Kind.OTHER,
        key=alike.key("contact", app, domain, field(fields, "context"), first.us if first else None),
        when=first or last,
        end=last.us if first and last and last.us >= first.us else None,
        title=f"{app} → {domain}",
        parties=_app(app),
        details=fields,
    )


def _app(app: str) -> tuple[Role, ...]:
    return (Role("with", app, Handle("id", app)),) if app else ()
