"""Members and channels of a Slack workspace: the messages name them by identifier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from importers.contract import Archive, Member, Rule, importer, keep
from importers.formats import json_records
from importers.formats.json_records import inner
from importers.formats.json_records import text as text_of
from importers.records import Handle, Notice, Party, Record

USERS = ("**/users.json", "**/org_users.json")
CHANNELS = ("**/channels.json", "**/groups.json", "**/dms.json", "**/mpims.json")
_MARK = re.compile(r"<([@#!]?)([^<>|]{1,500})(?:\|([^<>]{0,500}))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@importer(
    Rule(members=USERS, shape="json-array", keys=frozenset({"id", "name", "profile"}), named=True, beside=CHANNELS),
    Rule(shape="json-array", keys=frozenset({"id", "deleted", "is_bot", "tz_offset", "profile", "real_name"})),
    source="slack",
    reads="members",
)
def users(member: Member) -> Iterator[Record]:
    """The members of the workspace, bots among them."""
    for entry in json_records.entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        number, email = text_of(entry.fields, "id"), text_of(inner(entry.fields, "profile"), "email")
        handles = (Handle("id", number), *((Handle("email", email),) if email else ()))
        yield Party(key=("user", number), name=_name(entry.fields), handles=handles, details=entry.fields)


@importer(
    Rule(members=CHANNELS, shape="json-array", keys=frozenset({"id", "members"}), named=True, beside=USERS),
    Rule(shape="json-array", keys=frozenset({"id", "creator", "is_archived", "members", "topic", "purpose"})),
    source="slack",
    reads="channels and talks",
)
def channels(member: Member) -> Iterator[Record]:
    """Channels, groups and talks with their members, purposes and pinned messages."""
    for entry in json_records.entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        number = text_of(entry.fields, "id")
        name = text_of(entry.fields, "name") or number
        yield Party(key=("channel", number), name=name, type="group", details=entry.fields)


keep(
    Rule(
        members=("**/integration_logs.json", "**/canvases.json", "**/huddle_transcripts.json"),
        beside=USERS,
        named=True,
    ),
    source="slack",
)


class Workspace:
    """Who and what the identifiers are; made once for an archive."""

    def __init__(self, archive: Archive) -> None:
        self.users = _table(archive, USERS, _name)
        self._channels = _table(archive, CHANNELS, lambda fields: text_of(fields, "name"))
        self._numbers = {name or number: number for number, name in self._channels.items()}

    def channel(self, folder: str) -> tuple[str, str]:
        """Identifier and name of the channel whose messages lie in a folder of this name."""
        number = self._numbers.get(folder) or (folder if folder in self._channels else "")
        return number or folder, self._channels.get(number) or folder

    def plain(self, text: str) -> str:
        """Words without Slack's markup: names for mentions, the label or address of a link."""
        if "<" in text:
            text = _MARK.sub(self._shown, text)
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
        return text

    def _shown(self, found: re.Match[str]) -> str:
        sort, target, label = found.groups()
        if sort == "@":
            return f"@{label or self.users.get(target) or target}"
        if sort == "#":
            return f"#{label or self._channels.get(target) or target}"
        if sort == "!":
            return label or f"@{target.partition('^')[0]}"
        return f"{label} ({target})" if label and label != target else target


def workspace(archive: Archive) -> Workspace:
    """The workspace of an archive."""
    return cast("Workspace", archive.memo("slack.workspace", lambda: Workspace(archive)))


def _table(archive: Archive, patterns: tuple[str, ...], name: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for member in archive.find(*patterns):
        for entry in json_records.entries(member):
            if not isinstance(entry, Notice):
                found[text_of(entry.fields, "id")] = name(entry.fields)
    return found


def _name(fields: dict[str, Any]) -> str:
    profile = inner(fields, "profile")
    return text_of(profile, "display_name", "real_name") or text_of(fields, "real_name", "name")
