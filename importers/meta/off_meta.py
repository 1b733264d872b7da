"""What other companies reported to Facebook and Instagram about the person: visits, purchases, use of applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.meta import neighbours, times
from importers.meta.elements import Element, elements
from importers.meta.fact import fact
from importers.meta.media import Joined
from importers.meta.tables import Alike, Row, item
from importers.records import Item, Kind, Notice, Record, Role

_NAMES = ("your_off-facebook_activity", "your_activity_off_meta_technologies")
_LABELLED = Row(group="off_meta", what="off-meta", kind="other", names=_NAMES, role="seller", same=("rest",))


@importer(
    *(
        Rule(members=tuple(f"**/{name}.json" for name in _NAMES), keys=frozenset({key}))
        for key in ("off_facebook_activity", "off_facebook_activity_v2")
    ),
    Rule(
        members=tuple(f"**/apps_and_websites_off_of_facebook/**/{name}.json" for name in _NAMES),
        keys=frozenset({"label_values"}),
        named=True,
    ),
    source="facebook",
    product="off-meta",
    reads="what other companies reported",
    status="proven",
)
def off_facebook(member: Member) -> Iterator[Record]:
    """An item for each event, to the second or minute as Facebook gives it (UTC); ``type`` is Facebook's word."""
    yield from _events(member)


@importer(
    Rule(
        members=("**/your_activity_off_meta_technologies.json",),
        keys=frozenset({"apps_and_websites_off_meta_activity"}),
    ),
    Rule(
        members=("**/apps_and_websites_off_of_instagram/**/your_activity_off_meta_technologies.json",),
        keys=frozenset({"label_values"}),
        named=True,
        beside=neighbours.INSTAGRAM,
    ),
    source="instagram",
    product="off-meta",
    reads="what other companies reported",
    status="proven",
)
def off_instagram(member: Member) -> Iterator[Record]:
    """The same in Instagram's archive."""
    yield from _events(member)


def _events(member: Member) -> Iterator[Record]:
    alike = Alike()
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        value = element.value
        events = value.get("events") if isinstance(value, dict) else None
        if not isinstance(events, list) or not events:
            yield alike.numbered(_whole(element, member))
            continue
        company = value.get("name")
        rest = {name: entry for name, entry in value.items() if name not in {"name", "events"}}
        for event in events:
            yield alike.numbered(_event(company if isinstance(company, str) else "", event, rest))


def _event(company: str, event: Any, rest: dict[str, Any]) -> Item:
    fields = event if isinstance(event, dict) else {"event": event}
    when = times.seconds(fields.get("timestamp"))
    kept = {name: entry for name, entry in fields.items() if name != "timestamp" or when is None}
    return Item(
        kind=Kind.OTHER,
        key=("off-meta", when.us if when else None, company, _plain(fields.get("id")), _plain(fields.get("type"))),
        when=when,
        title=company,
        parties=(Role("seller", company),) if company else (),
        details=kept | rest,
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | None) else str(value)


def _whole(element: Element, member: Member) -> Item:
    """A company without events, or a record of labels and values."""
    return item(_LABELLED, fact(element.value), element.value, element, Joined(member))
