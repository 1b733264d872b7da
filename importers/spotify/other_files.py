"""The files of the account archive that no facts describe, and the letter that explains the archive.

Facts: only names are reported (``Identity``, ``DuoNewFamily``, ``UserAddress`` and others, by the year). Every element
of an array is an item, and the single values of a file are one item; nothing is interpreted but a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer, skip
from importers.records import Item, Kind, Moment, Notice, Record
from importers.spotify.elements import Alike, Fields, Single, elements
from importers.spotify.times import moment

_FOLDERS = ("MyData", "Spotify Account Data", "Spotify Extended Streaming History", "Spotify Technical Log Information")
_FILES = tuple(f"**/{folder}/*.json" for folder in _FOLDERS)
_SETTINGS = frozenset({"identity", "duonewfamily", "useraddress", "userprompts", "identifiers"})

skip(
    Rule(members=("**/Read_Me_First*.pdf", "**/ReadMeFirst*.pdf"), shape="pdf", named=True),
    source="spotify",
    why="spotify-read-me",
)
skip(
    Rule(members=tuple(f"**/{folder}/*" for folder in _FOLDERS), shape="empty", named=True),
    source="spotify",
    why="spotify-empty",
)


@importer(
    Rule(members=_FILES, shape="json-object", named=True),
    Rule(members=_FILES, shape="json-array", named=True),
    source="spotify",
    reads="other files of the account archive",
    weight=-1,
)
def other_file(member: Member) -> Iterator[Record]:
    """Items of kind `setting` or `other`, with all fields; the first field that is a time (UTC) is the time."""
    file = member.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kind = Kind.SETTING if file.casefold() in _SETTINGS else Kind.OTHER
    alike = Alike()
    single: Fields = {}
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
        elif isinstance(element, Single):
            single[element.key] = element.value
        else:
            fields = element.value if isinstance(element.value, dict) else {"value": element.value}
            yield alike.numbered(_item(file, element.key, kind, fields))
    if single:
        yield alike.numbered(_item(file, "", kind, single))


def _item(file: str, key: str, kind: Kind, fields: Fields) -> Item:
    when: Moment | None = next((found for found in map(moment, fields.values()) if found is not None), None)
    return Item(
        kind=kind,
        key=("file", file.casefold(), key, str(sorted(fields.items(), key=str))),
        when=when,
        title=key or file,
        details={"file": file} | fields,
    )
