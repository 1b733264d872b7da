"""Threads, whose files lie in Instagram's archive (``threads.toml``). Built from a description, not from files."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.meta import neighbours
from importers.meta.tables import Table, read
from importers.records import Record

TABLE = Table("threads", neighbours.INSTAGRAM, marks=("string_list_data", "string_map_data"))


@importer(*TABLE.rules("posts"), source="threads", reads="threads and replies", weight=2)
def posts(member: Member) -> Iterator[Record]:
    """A `post` each; a text alone has an empty address of a picture."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("likes"), source="threads", reads="likes", weight=2)
def likes(member: Member) -> Iterator[Record]:
    """Threads that were liked."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("saved"), *TABLE.rules("views"), source="threads", reads="threads saved and seen", weight=2)
def seen(member: Member) -> Iterator[Record]:
    """Threads that were put aside or shown."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("connections"), source="threads", reads="followers and following", weight=2)
def connections(member: Member) -> Iterator[Record]:
    """Who follows and is followed, each since when."""
    yield from read(member, TABLE)


@importer(
    Rule(members=("**/your_instagram_activity/threads/*.json",), contains=('"text_post_app_',)),
    Rule(contains=('{"text_post_app_',)),
    source="threads",
    reads="other records",
    status="beta",
    weight=1,
)
def other(member: Member) -> Iterator[Record]:
    """All other files of Threads: each record with its time and words, as far as they can be told."""
    yield from read(member, TABLE)
