"""A BeReal archive: two pictures at a time, with place and moment.

Facts come from what others have read. A path in the JSON begins with a folder that need not be in the archive, so
pictures are found by their name. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import leaves
from importers.formats.json_records import Alike, inner, text
from importers.formats.named_fields import NO_TIME, Fields, Shape, fact, moment
from importers.records import File, Handle, Item, Kind, Notice, Party, Record
from importers.whole import document

_BESIDE = ("**/memories.json", "**/realmojis.json")
_FOLDERS = ("post", "bereal", "profile", "realmoji")
_PICTURES = (
    "primary",
    "secondary",
    "btsMedia",
    "frontImage",
    "backImage",
    "primaryPlaceholder",
    "secondaryPlaceholder",
)
_SHAPES = {
    "comments": Shape(Kind.POST, "comment", text=("content",), key=("postId", "content")),
    "friends": Shape(
        Kind.OTHER, "friend", time=("createdAt",), title=("fullname", "username"), party=("fullname",),
        user=("username",), key=("username",),
    ),
    "realmojis": Shape(Kind.REACTION, "realmoji", time=("createdAt", "postedAt"), title=("emoji",)),
}  # fmt: skip
_OTHER = Shape(Kind.OTHER, "other", time=("createdAt",))


@importer(
    Rule(shape="json-array", keys=frozenset({"primary", "secondary", "takenAt"})),
    source="bereal",
    reads="posts",
    first=90,
)
def posts(member: Member) -> Iterator[Record]:
    """A post with both its pictures."""
    yield from few_notices(_taken(member, "post", "takenAt"))


@importer(
    Rule(shape="json-array", keys=frozenset({"frontImage", "backImage", "takenTime"})),
    source="bereal",
    reads="memories",
)
def memories(member: Member) -> Iterator[Record]:
    """A memory; where the post of the same moment is there, that has the pictures, and this says what it adds."""
    yield from few_notices(_taken(member, "memory", "takenTime"))


def _taken(member: Member, what: str, clock: str) -> Iterator[Record]:
    known = cast("set[int]", member.archive.memo("bereal.posts", set))
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
                continue
            fields = Fields(leaf.fields)
            written = fields.text(clock)
            when = moment(written)
            if when is None:
                yield Notice(NO_TIME, leaf.position, clock)
            else:
                fields.take(clock)
            again = what == "memory" and when is not None and when.us in known
            if when is not None and what == "post":
                known.add(when.us)
            place = inner(leaf.fields, "location")
            yield Item(
                kind=Kind.OTHER if again else Kind.PHOTO,
                key=alike.key(what, when.us if when else written),
                when=when,
                text=fields.take("caption"),
                lat=_degrees(place.get("latitude")),
                lon=_degrees(place.get("longitude")),
                details=fields.rest(),
                files=() if again else _files(member.archive, leaf.fields),
            )


def _degrees(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) <= 180 else None


def _files(archive: Archive, record: dict[str, Any]) -> tuple[File, ...]:
    index = cast("dict[str, Member]", archive.memo("bereal.pictures", lambda: _index(archive)))
    joined = cast("set[str]", archive.memo("bereal.joined", set))
    found: list[File] = []
    for name in _PICTURES:
        address = text(inner(record, name), "path")
        member = index.get(names.folded(names.clean(address)).rpartition("/")[2]) if address else None
        if member is not None:
            joined.add(member.path)
            size = member.size if member.size >= 0 else None
            kind = text(inner(record, name), "mimeType") or "image/webp"
            found.append(File(member.path.rpartition("/")[2], member.pieces, kind, size))
    return tuple(found)


def _index(archive: Archive) -> dict[str, Member]:
    return {names.folded(member.path).rpartition("/")[2]: member for member in archive.find("**/Photos/**/*")}


@importer(
    Rule(members=tuple(f"**/Photos/**/{folder}/*" for folder in _FOLDERS), named=True, beside=_BESIDE),
    source="bereal",
    reads="pictures and films",
    first=200,
    weight=2,
)
def pictures(member: Member) -> Iterator[Record]:
    """A picture that no post names. Read last."""
    if member.path not in cast("set[str]", member.archive.memo("bereal.joined", set)):
        yield document(member, Kind.VIDEO if member.path.casefold().endswith(".mp4") else Kind.PHOTO)


@importer(
    Rule(
        members=tuple(f"**/{name}.json" for name in (*_SHAPES, "conversations")),
        shape="json-array",
        named=True,
        beside=_BESIDE,
    ),
    source="bereal",
    reads="comments, friends and reactions",
)
def lists(member: Member) -> Iterator[Record]:
    """Comments that the person wrote, friends, reactions."""
    yield from few_notices(_lists(member))


def _lists(member: Member) -> Iterator[Record]:
    name = member.path.rpartition("/")[2].rpartition(".")[0].casefold()
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            else:
                yield from fact(_SHAPES.get(name, _OTHER), leaf.fields, leaf.position, alike)


@importer(
    Rule(members=("**/user.json",), shape="json-object", keys=frozenset({"username", "birthdate", "fullname"})),
    source="bereal",
    reads="profile",
)
def user(member: Member) -> Iterator[Record]:
    """The person."""
    profile: dict[str, Any] = {}
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            elif not leaf.path:
                profile |= leaf.fields
            elif leaf.number:
                profile.setdefault(leaf.path[0], []).append(leaf.value)
            else:
                profile[leaf.path[0]] = leaf.value
    if profile:
        kinds = (("user", "username"), ("phone", "phoneNumber"))
        yield Party(
            key=("profile", text(profile, "username")),
            name=text(profile, "fullname", "username"),
            handles=tuple(Handle(type_, text(profile, name)) for type_, name in kinds if text(profile, name)),
            details=profile,
        )
