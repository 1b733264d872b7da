"""The flat tables of a LinkedIn archive: a fact for each row, by the shapes of ``shapes.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, cast

import msgspec

from importers.contract import Member, Rule, importer, keep, skip
from importers.formats import tables
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.named_fields import row_facts, table_facts
from importers.formats.named_tables import folded, records, rules, table_of
from importers.linkedin import mending, shapes
from importers.records import Item, Kind, Record

skip(
    Rule(starts=("No conversations found", "No data", "No results found"), shape="text", beside=shapes.BESIDE),
    source="linkedin",
    why="linkedin-empty",
    weight=1,
)


keep(
    Rule(members=("**/Articles/**/*.html", "**/Articles/*.html"), named=True, beside=shapes.BESIDE),
    source="linkedin",
    kind=Kind.POST,
)


@importer(*rules(shapes.ACTIVITY, shapes.BESIDE), source="linkedin", reads="posts, comments and reactions")
def activity(member: Member) -> Iterator[Record]:
    """What the person published, wrote beneath the posts of others, liked and voted for; UTC."""
    yield from few_notices(_activity(member))


def _activity(member: Member) -> Iterator[Record]:
    table = table_of(member, shapes.ACTIVITY)
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


@importer(*rules(shapes.SAVED, shapes.BESIDE), source="linkedin", reads="saved items, job applications and courses")
def saved(member: Member) -> Iterator[Record]:
    """Posts and jobs that were put aside, applications, courses that were watched, notes about people."""
    yield from records(member, shapes.SAVED)


@importer(*rules(shapes.CAREER, shapes.BESIDE), source="linkedin", reads="career and skills")
def career(member: Member) -> Iterator[Record]:
    """Positions, schools and everything else of the public profile, as exact as months or years."""
    yield from records(member, shapes.CAREER)


@importer(*rules(shapes.PEOPLE, shapes.BESIDE), source="linkedin", reads="follows, recommendations and endorsements")
def people(member: Member) -> Iterator[Record]:
    """Companies and people that are followed; what others wrote about the person, and the other way round."""
    yield from records(member, shapes.PEOPLE)


@importer(*rules(shapes.SECURITY, shapes.BESIDE), source="linkedin", reads="sign-ins")
def security(member: Member) -> Iterator[Record]:
    """Sign-ins with their addresses, and the registration; UTC."""
    yield from records(member, shapes.SECURITY)


@importer(*rules(shapes.SEARCHES, shapes.BESIDE), source="linkedin", reads="searches")
def searches(member: Member) -> Iterator[Record]:
    """What was searched for; UTC."""
    yield from records(member, shapes.SEARCHES)


@importer(
    *rules(shapes.ADS, shapes.BESIDE), source="linkedin", reads="what LinkedIn concluded, and ads", status="proven"
)
def ads(member: Member) -> Iterator[Record]:
    """Conclusions with the yes or no that LinkedIn gave; ads that were clicked."""
    yield from records(member, shapes.ADS)


@importer(*rules(shapes.RECEIPTS, shapes.BESIDE), source="linkedin", reads="purchases")
def receipts(member: Member) -> Iterator[Record]:
    """What was paid to LinkedIn."""
    yield from records(member, shapes.RECEIPTS)


@importer(
    *(
        Rule(
            members=tuple(f"**/{name}.csv" for name in shapes.LITTLE_KNOWN),
            shape=shape,
            named=True,
            beside=shapes.BESIDE,
        )
        for shape in ("csv", "text")
    ),
    source="linkedin",
    reads="other tables",
    status="beta",
    weight=-1,
)
def other(member: Member) -> Iterator[Record]:
    """A table that nobody has described, as it stands."""
    name = member.path.rpartition("/")[2].rpartition(".")[0]
    shape = replace(shapes.ANY, what=f"row {folded(member)}")
    yield from few_notices(row_facts(member, shape, (), {"table": name}))
