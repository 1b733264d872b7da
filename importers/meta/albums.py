"""Facebook's albums: a file each, with a picture for each record."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.meta import mangled
from importers.meta.elements import head, listed
from importers.meta.fact import fact
from importers.meta.media import Joined
from importers.meta.tables import Alike, Row, item
from importers.records import Notice, Record

_PHOTO = Row(group="albums", what="photo", kind="photo", same=("uris", "text", "title"))


@importer(
    Rule(members=("**/album/*.json",), keys=frozenset({"photos", "name", "uri"}), named=True),
    Rule(keys=frozenset({"photos", "cover_photo", "last_modified_timestamp"})),
    source="facebook",
    reads="albums",
)
def albums(member: Member) -> Iterator[Record]:
    """A `photo` each; what is said of the album stands with the first one, its name with all."""
    album = mangled.whole(head(member, "photos"))
    name = album.get("name", "")
    alike, joined = Alike(), Joined(member)
    for element in listed(member, "photos"):
        if isinstance(element, Notice):
            yield element
            continue
        told = {"album": album if element.number == 1 else name}
        value = element.value if isinstance(element.value, dict) else {"value": element.value}
        yield alike.numbered(item(_PHOTO, fact(value), value | told, element, joined))
    yield from joined.told()
