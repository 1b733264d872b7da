"""Ads that were shown, what was done with them, and what X concluded about the person to choose them.

Facts: real files of 2021. Targeting criteria say why an ad was shown; they stay in the details.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import Leaf
from importers.formats.json_records import Alike, inner, text
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import Handle, Item, Kind, Notice, Record, Role
from importers.twitter import script
from importers.twitter.wording import words


@importer(
    *script.rules("ad_impressions", "ad_engagements", "ad_mobile_conversions_attributed"),
    *script.rules("ad_mobile_conversions_unattributed", "ad_online_conversions_attributed"),
    *script.rules("ad_online_conversions_unattributed"),
    source="twitter",
    reads="ads",
    status="proven",
)
def ads(member: Member) -> Iterator[Record]:
    """Each time that an ad was on the screen, UTC; with what the person did with it where that is the file."""
    yield from few_notices(_ads(member))


def _ads(member: Member) -> Iterator[Record]:
    alike = Alike()
    for leaf in script.leaves(member, {"ad"}):
        if isinstance(leaf, Notice):
            yield leaf
            continue
        fields = leaf.fields
        seen = inner(fields, "impressionAttributes") or fields
        written = text(seen, "impressionTime") or text(fields, "conversionTime")
        when = moment(written)
        if when is None:
            yield Notice(NO_TIME, leaf.position, "impressionTime")
        what = "ad-engagement" if "impressionAttributes" in fields else "ad"
        trend = inner(seen, "promotedTrendInfo")
        yield Item(
            kind=Kind.AD,
            key=alike.key(what, when.us if when else written, Fields(fields).digest()),
            when=when,
            title=text(inner(seen, "advertiserInfo"), "advertiserName") or text(trend, "name"),
            text=words(text(inner(seen, "promotedTweetInfo"), "tweetText") or text(trend, "description")),
            parties=tuple(_advertiser(inner(seen, "advertiserInfo"))),
            details={"list": leaf.path[-1] if leaf.path else ""} | fields,
        )


def _advertiser(info: dict[str, Any]) -> Iterator[Role]:
    user, name = text(info, "screenName").removeprefix("@"), text(info, "advertiserName")
    if name or user:
        yield Role("with", name or user, Handle("user", user) if user else None)


@importer(*script.rules("personalization"), source="twitter", reads="what X concluded", status="proven")
def personalization(member: Member) -> Iterator[Record]:
    """Interests, programmes, languages, sex, age and places that X takes for the person's; nothing has a time.

    Advertisers that have the person in one of their lists are ``ad``.
    """
    alike = Alike()
    for leaf in script.leaves(member, {"p13nData"}):
        if isinstance(leaf, Notice):
            yield leaf
        else:
            yield from _concluded(leaf, alike)


def _concluded(leaf: Leaf, alike: Alike) -> Iterator[Record]:
    """An element of a list of objects, or fields of which some are lists of names."""
    group = leaf.path[-1] if leaf.path else ""
    if leaf.number:
        yield _conclusion(group, leaf.value, alike)
        return
    beside: dict[str, Any] = {}
    for name, value in leaf.fields.items():
        if isinstance(value, list):
            for one in value:
                yield _conclusion(name, one, alike)
        elif value not in ("", None):
            beside[name] = value
    if beside:
        yield _conclusion(group, beside, alike)


def _conclusion(group: str, value: Any, alike: Alike) -> Item:
    fields = value if isinstance(value, dict) else {}
    name = text(fields, "name", "language", "gender") or ("" if fields else str(value))
    return Item(
        kind=Kind.AD if "dvertisers" in group else Kind.INFERENCE,
        key=alike.key("conclusion", group, name or Fields(fields).digest()),
        title=name,
        details={"list": group} | fields,
    )
