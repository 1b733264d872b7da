"""``<channel>/2024-03-12.json``: a day of a channel. The day is the workspace's, the times are UTC.

``ts`` is the message's identifier within its channel and its time to the microsecond: it stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import json_records
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike, inner
from importers.formats.json_records import text as text_of
from importers.records import Handle, Item, Kind, Moment, Notice, Precision, Record, Role
from importers.slack.people import USERS, Workspace, workspace

_STAMP = re.compile(r"(\d{9,11})\.(\d{1,6})\Z")
_NOTES = ("channel_", "group_", "tombstone", "reminder_add", "huddle_thread", "bot_add", "bot_remove")


@importer(
    Rule(members=("**/????-??-??.json",), shape="json-array", keys=frozenset({"ts", "type"}), named=True, beside=USERS),
    Rule(members=("**/????-??-??.json",), shape="json-array", keys=frozenset({"ts", "client_msg_id"})),
    source="slack",
    reads="messages",
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` each, `other` for what Slack itself notes. Files are links that need an account: not in the zip."""
    yield from few_notices(_records(member))


def _records(member: Member) -> Iterator[Record]:
    house, alike = workspace(member.archive), Alike()
    folder = member.path.split("/")[-2] if "/" in member.path else ""
    channel = house.channel(folder)
    for entry in json_records.entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        item = _item(house, channel, entry.fields, alike)
        if item.when is None:
            yield Notice("slack-no-time", entry.position)
        yield item


def _item(house: Workspace, channel: tuple[str, str], fields: dict[str, Any], alike: Alike) -> Item:
    number, name = channel
    stamp, subtype = text_of(fields, "ts"), text_of(fields, "subtype")
    raw = fields.get("text")
    said = raw if isinstance(raw, str) else ""
    text = house.plain(said)
    sender = text_of(fields, "user", "bot_id")
    shown = text_of(inner(fields, "user_profile"), "display_name", "real_name") or text_of(fields, "username")
    found = _STAMP.match(stamp)
    when = (
        Moment(int(found[1]) * 1_000_000 + int(found[2].ljust(6, "0")), None, Precision.MICROSECOND) if found else None
    )
    key = ("message", number, stamp)
    return Item(
        kind=Kind.OTHER if subtype.startswith(_NOTES) else Kind.MESSAGE,
        key=key if stamp else alike.key(*key, sender, said),
        stable=bool(stamp),
        when=when,
        title=name,
        text=text,
        parties=(
            *((Role("from", house.users.get(sender) or shown, Handle("id", sender)),) if sender else ()),
            *((Role("to", name, Handle("id", number)),) if name else ()),
        ),
        details={part: value for part, value in fields.items() if part != "text" or text != raw},
    )
