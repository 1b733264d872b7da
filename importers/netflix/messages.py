"""The messages that Netflix sent, by e-mail, on the telephone and in its own notices, and whether they were clicked."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.tables import rest
from importers.netflix.rows import Cells, items, named
from importers.records import Item, Kind, Moment, Record, Role

_HEADER = ("Sent Utc Ts", "Message Name", "Channel")


@importer(
    Rule(members=("**/MessagesSentByNetflix.csv",), header=frozenset(_HEADER)),
    source="netflix",
    reads="messages from Netflix",
    status="proven",
)
def messages(member: Member) -> Iterator[Record]:
    """A `message` each, by the name that Netflix gives it: its words are not in the archive. Times are UTC."""
    yield from items(member, _HEADER, "Sent Utc Ts", _message)


def _message(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, "Profile Name", "Sent Utc Ts", "Channel", "Message Name", "Title Name", "Device Model")
    name, title = named(cells, "Message Name", "Title Name")
    return Item(
        kind=Kind.MESSAGE,
        key=("message", *same),
        when=when,
        title=": ".join(part for part in (name, title) if part),
        parties=(Role("from", "Netflix"),),
        details=rest(cells, {"Sent Utc Ts"} if when else ()),
    )
