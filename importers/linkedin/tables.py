"""The flat tables of a LinkedIn archive: a fact for each row, by the shapes of ``shapes.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, cast

import msgspec

from importers.contract import Member, Rule, importer, skip
from importers.formats import tables
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.named_fields import row_facts, table_facts
from importers.linkedin import mending, shapes
from importers.records import Item, Kind, Record

skip(
    Rule(starts=("No conversations found", "No data", "No results found"), shape="text", beside=shapes.BESIDE),
    source="linkedin",
    why="linkedin-empty",
    weight=1,
)
skip(
    Rule(members=("**/*.csv",), shape="empty", named=True, beside=shapes.BESIDE),
    source="linkedin",
    why="linkedin-empty",
    weight=1,
)


@importer(*shapes.rules(*shapes.ACTIVITY), source="linkedin", reads="posts, comments and reactions", status="proven")
def activity(member: Member) -> Iterator[Record]:
    """What the person published, wrote beneath the posts of others, liked and voted for; UTC."""
    yield from few_notices(_activity(member))


def _activity(member: Member) -> Iterator[Record]:
    table = shapes.table_of(member, shapes.ACTIVITY)
    with member.open() as stream:
        lines = cast("IO[bytes]", mending.Doubled(stream)) if table.shape.what == "comment" else stream
        for record in table_facts(tables.rows(lines, table.header), table.shape, Alike()):
            yield _whole(record) if isinstance(record, Item) and record.kind is Kind.POST else record


def _whole(item: Item) -> Item:
    """A post with its line breaks put right; what the file says stays in the details where that changes it."""
    text = mending.unbroken(item.text)
    if text == item.text:
        return item
    return msgspec.structs.replace(item, text=text, details=dict(item.details) | {"as written": item.text})  # type: ignore[arg-type]


@importer(*shapes.rules(*shapes.SAVED), source="linkedin", reads="saved items, job applications and courses")
def saved(member: Member) -> Iterator[Record]:
    """Posts and jobs that were put aside, applications, courses that were watched, notes about people."""
    yield from _rows(member, shapes.SAVED)


@importer(*shapes.rules(*shapes.CAREER), source="linkedin", reads="career and skills")
def career(member: Member) -> Iterator[Record]:
    """Positions, schools and everything else of the public profile, as exact as months or years."""
    yield from _rows(member, shapes.CAREER)


@importer(*shapes.rules(*shapes.PEOPLE), source="linkedin", reads="follows, recommendations and endorsements")
def people(member: Member) -> Iterator[Record]:
    """Companies and people that are followed; what others wrote about the person, and the other way round."""
    yield from _rows(member, shapes.PEOPLE)


@importer(*shapes.rules(*shapes.SECURITY), source="linkedin", reads="sign-ins")
def security(member: Member) -> Iterator[Record]:
    """Sign-ins with their addresses, and the registration; UTC."""
    yield from _rows(member, shapes.SECURITY)


@importer(*shapes.rules(*shapes.SEARCHES), source="linkedin", reads="searches")
def searches(member: Member) -> Iterator[Record]:
    """What was searched for; UTC."""
    yield from _rows(member, shapes.SEARCHES)


@importer(*shapes.rules(*shapes.ADS), source="linkedin", reads="what LinkedIn concluded, and ads", status="proven")
def ads(member: Member) -> Iterator[Record]:
    """Conclusions with the yes or no that LinkedIn gave; ads that were clicked."""
    yield from _rows(member, shapes.ADS)


@importer(*shapes.rules(*shapes.RECEIPTS), source="linkedin", reads="purchases")
def receipts(member: Member) -> Iterator[Record]:
    """What was paid to LinkedIn."""
    yield from _rows(member, shapes.RECEIPTS)


@importer(
    Rule(members=("**/*.csv",), shape="csv", named=True, beside=shapes.BESIDE),
    Rule(members=("**/*.csv",), shape="text", named=True, beside=("**/Connections.csv",)),
    source="linkedin",
    reads="other tables",
    status="beta",
    weight=-1,
)
def other(member: Member) -> Iterator[Record]:
    """A table that nobody has described, as it stands."""
    name = member.path.rpartition("/")[2].rpartition(".")[0]
    shape = replace(shapes.ANY, what=f"row {shapes.folded(member)}")
    yield from few_notices(row_facts(member, shape, (), {"table": name}))


def _rows(member: Member, known: tuple[shapes.Table, ...]) -> Iterator[Record]:
    table = shapes.table_of(member, known)
    if table.header:
        yield from few_notices(row_facts(member, table.shape, table.header))
        return
    name = shapes.folded(member)
    yield from few_notices(row_facts(member, replace(table.shape, what=f"career {name}"), (), {"table": name}))
