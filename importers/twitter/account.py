"""Whose account it is, where it was used from, and every other data file, by the name that it gives itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer, keep, skip
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike, text
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import Handle, Item, Kind, Notice, Party, Record
from importers.twitter import script
from importers.twitter.wording import words

_KINDS = {
    "ip_audit": Kind.SIGN_IN,
    "account_creation_ip": Kind.SIGN_IN,
    "connected_application": Kind.CONSENT,
    "device_token": Kind.DEVICE,
    "ni_devices": Kind.DEVICE,
    "key_registry": Kind.DEVICE,
    "saved_search": Kind.SEARCH,
    "user_link_clicks": Kind.PAGE_VISIT,
    "grok_chat_item": Kind.MESSAGE,
    "article": Kind.POST,
    "community_note": Kind.POST,
    "moment": Kind.POST,
    "lists_subscribed": Kind.SUBSCRIPTION,
    "community_note_rating": Kind.REACTION,
    **dict.fromkeys(
        (
            "ageinfo",
            "email_address_change",
            "screen_name_change",
            "phone_number",
            "account_timezone",
            "sso",
            "verified",
        ),
        Kind.SETTING,
    ),
    **dict.fromkeys(
        ("account_label", "account_suspension", "protected_history", "profile", "expanded_profile", "branch_links"),
        Kind.SETTING,
    ),
}
_TIMES = ("createdAt", "created_at", "changedAt", "approvedAt", "timeStampOfInteraction", "updatedAt", "timestamp")
_TITLES = ("name", "query", "loginIp", "userCreationIp", "changedTo", "timeZone", "phoneNumber", "deviceType", "bio")
_TEXTS = ("text", "message", "summary", "description", "finalUrl", "title")

keep(Rule(starts=("window.__THAR_CONFIG",)), source="twitter")
skip(Rule(members=("**/Your archive.html",), shape="html", named=True), source="twitter", why="twitter-viewer")
skip(
    Rule(members=("**/assets/**/*",), beside=("**/Your archive.html",), named=True),
    source="twitter",
    why="twitter-viewer",
)


@importer(*script.rules("account"), source="twitter", reads="account")
def account(member: Member) -> Iterator[Record]:
    """The person who holds the account."""
    for leaf in script.leaves(member):
        if isinstance(leaf, Notice):
            yield leaf
            continue
        fields = leaf.fields.get("account", leaf.fields)
        handles = (("user", "username"), ("id", "accountId"), ("email", "email"), ("phone", "phoneNumber"))
        yield Party(
            key=("account", text(fields, "accountId") or text(fields, "username")),
            name=text(fields, "accountDisplayName", "username"),
            handles=tuple(Handle(type_, text(fields, name)) for type_, name in handles if text(fields, name)),
            details=fields,
        )


@importer(Rule(starts=("window.YTD.",)), source="twitter", reads="other data files", weight=-1)
def other(member: Member) -> Iterator[Record]:
    """A fact for each element; its kind by the name of the file, its time by the first field that is one."""
    yield from few_notices(_others(member))


def _others(member: Member) -> Iterator[Record]:
    what = script.name(member)
    alike = Alike()
    for leaf in script.leaves(member):
        if isinstance(leaf, Notice):
            yield leaf
        else:
            yield from _other(what, leaf.fields, leaf.position, alike)


def _other(what: str, element: dict[str, Any], position: str, alike: Alike) -> Iterator[Record]:
    fields = element
    while len(fields) == 1 and isinstance(next(iter(fields.values())), dict):
        fields = next(iter(fields.values()))
    written = _deep(fields, _TIMES)
    when = moment(written)
    if written and when is None:
        yield Notice(NO_TIME, position)
    yield Item(
        kind=_KINDS.get(what, Kind.OTHER),
        key=alike.key(what, when.us if when else written, Fields(fields).digest()),
        when=when,
        title=_deep(fields, _TITLES),
        text=words(_deep(fields, _TEXTS)),
        details={"file": what} | fields,
    )


def _deep(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields, here or in an object within."""
    found = text(fields, *names)
    if found:
        return found
    return next((found for one in fields.values() if isinstance(one, dict) and (found := _deep(one, names))), "")
