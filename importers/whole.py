"""A member kept whole: its bytes as a document, whose identity is their content. Knows no service."""

from __future__ import annotations

import hashlib

from importers.contract import Member
from importers.records import File, Item, Kind, Moment


def document(member: Member, kind: Kind = Kind.DOCUMENT, when: Moment | None = None) -> Item:
    """An item that carries the whole member; titled by its file name. Raises ``ArchiveError`` when it is damaged."""
    state = hashlib.blake2b(digest_size=16)
    for piece in member.pieces():
        state.update(piece)
    kept = file(member)
    return Item(kind=kind, key=("document", state.hexdigest()), when=when, title=kept.name, files=(kept,))


def file(member: Member) -> File:
    """The bytes of a member, to be read when they are stored."""
    size = member.size if member.size >= 0 else None
    return File(name=member.path.rsplit("/", 1)[-1], pieces=member.pieces, size=size)
