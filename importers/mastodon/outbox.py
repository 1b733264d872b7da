"""What was published on Mastodon and other services that speak ActivityPub, with who may see it.

Facts: a real archive of 2025. Direct messages are in the same file: they are `message`. The number of items that the
file announces may be wrong. Dates are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.formats import html_entries
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import leaves
from importers.formats.json_records import Alike, text
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import File, Handle, Item, Kind, Notice, Party, Record, Role
from importers.whole import document

_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_TWICE = Notice("json-doubled-key", "record 1")
"""Servers write ``@context`` twice into the outbox: it describes the format and says nothing of the person."""

_BESIDE = ("**/outbox.json", "**/actor.json")


@importer(
    Rule(members=("**/outbox.json",), shape="json-object", keys=frozenset({"orderedItems", "actor", "object"})),
    Rule(members=("**/outbox.json",), shape="json-object", keys=frozenset({"orderedItems"}), named=True),
    source="mastodon",
    reads="posts, shares and direct messages",
    status="proven",
)
def outbox(member: Member) -> Iterator[Record]:
    """Posts with their pictures and audience; shares, of which only the address is known."""
    yield from few_notices(_outbox(member))


def _outbox(member: Member) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                if leaf != _TWICE:
                    yield leaf
            elif leaf.number and leaf.path == ("orderedItems",):
                yield from _activity(member, leaf.fields, leaf.position, alike)


def _activity(member: Member, activity: dict[str, Any], position: str, alike: Alike) -> Iterator[Record]:
    note = activity.get("object")
    note = note if isinstance(note, dict) else {}
    written = text(activity, "published") or text(note, "published")
    when = moment(written)
    if when is None:
        yield Notice(NO_TIME, position, "published")
    own = text(activity, "id")
    audience = _audience(activity, note)
    words = "\n".join(line.text for line in html_entries.lines(str(note.get("content") or "")))
    shared = activity.get("object") if isinstance(activity.get("object"), str) else ""
    yield Item(
        kind=Kind.REACTION if shared else Kind.MESSAGE if audience == "direct" else Kind.POST,
        key=("activity", own) if own else alike.key("activity", "", written, Fields(activity).digest()),
        stable=bool(own),
        when=when,
        title=text(note, "summary") or str(shared),
        text=words,
        parties=tuple(_people(activity, note)),
        details={"audience": audience} | {name: one for name, one in activity.items() if one not in (None, "", [])},
        files=_files(member, note),
    )


def _audience(activity: dict[str, Any], note: dict[str, Any]) -> str:
    """``public``, ``unlisted``, ``followers`` or ``direct``, by whom it is addressed to."""
    to, cc = (_listed(note.get(name) or activity.get(name)) for name in ("to", "cc"))
    if _PUBLIC & set(to):
        return "public"
    if _PUBLIC & set(cc):
        return "unlisted"
    return "followers" if any(one.endswith("/followers") for one in (*to, *cc)) else "direct"


def _listed(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]


def _people(activity: dict[str, Any], note: dict[str, Any]) -> Iterator[Role]:
    actor = text(activity, "actor")
    if actor:
        yield Role("author", "", Handle("url", actor))
    for tag in note.get("tag") or ():
        if isinstance(tag, dict) and tag.get("type") == "Mention":
            href = text(tag, "href")
            yield Role("with", text(tag, "name"), Handle("url", href) if href else None)


def _files(member: Member, note: dict[str, Any]) -> tuple[File, ...]:
    """Addresses are relative to the root of the archive, with or without a slash before them, or have a host's folder
    before that."""
    found: list[File] = []
    for one in note.get("attachment") or ():
        address = text(one, "url") if isinstance(one, dict) else ""
        picture = _nearest(member.archive, address)
        if picture is not None:
            _joined(member.archive).add(picture.path)
            size = picture.size if picture.size >= 0 else None
            kind = text(one, "mediaType") or "application/octet-stream"
            found.append(File(picture.path.rpartition("/")[2], picture.pieces, kind, size))
    return tuple(found)


def _nearest(archive: Archive, address: str) -> Member | None:
    wanted = [part for part in names.folded(names.clean(address)).split("/") if part not in {"", ".", ".."}]
    index = cast("dict[str, list[Member]]", archive.memo("mastodon.media", lambda: _index(archive)))
    for member in index.get(wanted[-1], ()) if wanted else ():
        parts = names.folded(member.path).split("/")
        if parts[-2:] == wanted[-2:] or len(index[wanted[-1]]) == 1:
            return member
    return None


def _index(archive: Archive) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in archive.find("**/media_attachments/**/*", "**/media_attachments/*"):
        found.setdefault(names.folded(member.path).rpartition("/")[2], []).append(member)
    return found


def _joined(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("mastodon.joined", set))


@importer(
    Rule(
        members=("**/media_attachments/**/*", "**/media_attachments/*", "**/avatar.*", "**/header.*"),
        named=True,
        beside=_BESIDE,
    ),
    source="mastodon",
    reads="pictures and films",
    status="proven",
    first=200,
    weight=2,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no post names, and the pictures of the profile. Read last."""
    if member.path not in _joined(member.archive):
        film = member.path.casefold().endswith((".mp4", ".webm", ".mov"))
        yield document(member, Kind.VIDEO if film else Kind.PHOTO)


@importer(
    Rule(members=("**/actor.json",), shape="json-object", keys=frozenset({"preferredUsername", "outbox"})),
    source="mastodon",
    reads="profile",
    status="proven",
)
def actor(member: Member) -> Iterator[Record]:
    """The person, as the server describes the account; the keys of the account among it."""
    fields: dict[str, Any] = {}
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            elif not leaf.path:
                fields |= leaf.fields
            else:
                fields.setdefault(leaf.path[0], []).append(leaf.value)
    own, user = text(fields, "id"), text(fields, "preferredUsername")
    handles = (Handle("user", user), Handle("url", own))
    yield Party(
        key=("actor", own or user),
        name=text(fields, "name") or user,
        handles=tuple(handle for handle in handles if handle.value),
        details=fields,
    )
