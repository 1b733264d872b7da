"""A Stack Exchange archive: lists of events, one file a kind of event, which its name tells (``vote.submit.json``).

Facts come from what others have read. Names in the zip hold backslashes. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import leaves
from importers.formats.json_records import Alike
from importers.formats.named_fields import Shape, fact
from importers.records import Kind, Notice, Record


@importer(
    Rule(shape="json-array", keys=frozenset({"eventTime", "siteId"})),
    source="stackexchange",
    reads="questions, answers, votes and other events",
)
def events(member: Member) -> Iterator[Record]:
    """An event each; a vote is a ``reaction``."""
    yield from few_notices(_events(member))


def _events(member: Member) -> Iterator[Record]:
    event = member.path.rpartition("/")[2].rpartition(".")[0]
    kind = Kind.REACTION if "vote" in event.casefold() else Kind.OTHER
    shape = Shape(kind, "event", time=("eventTime",), title=("target",), text=("text", "body"))
    alike = Alike()
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
            else:
                yield from fact(shape, leaf.fields, leaf.position, alike, {"event": event})
