"""Likes, bookmarks, follows and blocks: addresses only. Most of the tables have no header."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import leaves
from importers.records import Handle, Item, Kind, Notice, Record, Role

_HEAD = 1 << 12
_HEADS = ("Account address", "#domain")
_TABLES = {
    "following_accounts": (Kind.SUBSCRIPTION, "following"),
    "muted_accounts": (Kind.REACTION, "mute"),
    "blocked_accounts": (Kind.REACTION, "block"),
    "blocked_domains": (Kind.REACTION, "domain-block"),
    "bookmarks": (Kind.BOOKMARK, "bookmark"),
    "lists": (Kind.OTHER, "list"),
}


@importer(
    Rule(
        members=("**/likes.json", "**/bookmarks.json"),
        shape="json-object",
        keys=frozenset({"orderedItems"}),
        named=True,
    ),
    *(
        Rule(shape="json-object", keys=frozenset({"orderedItems"}), contains=('"OrderedCollection"', f'"{name}.json"'))
        for name in ("likes", "bookmarks")
    ),
    source="mastodon",
    reads="likes and bookmarks",
)
def marked(member: Member) -> Iterator[Record]:
    """Addresses of posts that were liked or put aside; the collection says its own name. Nobody says when."""
    with member.open() as stream:
        head = stream.read(_HEAD)
    named = [name in head for name in (b'"likes.json"', b'"bookmarks.json"')]
    liked = named[0] if any(named) else member.path.rpartition("/")[2].startswith("likes")
    with member.open() as stream:
        for leaf in leaves(stream):
            if isinstance(leaf, Notice):
                yield leaf
                continue
            found = leaf.fields.get("orderedItems", leaf.value) if not leaf.number else leaf.value
            for one in found if isinstance(found, list) else [found]:
                if isinstance(one, str):
                    yield _marked(one, liked=liked)


def _marked(address: str, *, liked: bool) -> Item:
    kind, what = (Kind.REACTION, "like") if liked else (Kind.BOOKMARK, "bookmark")
    return Item(kind=kind, key=(what, address), stable=True, title=address)


@importer(
    Rule(members=("**/following_accounts.csv",), header=frozenset({"Account address", "Show boosts"})),
    Rule(members=("**/muted_accounts.csv",), header=frozenset({"Account address", "Hide notifications"})),
    Rule(members=tuple(f"**/{name}.csv" for name in ("blocked_accounts", "blocked_domains")), named=True),
    Rule(
        members=tuple(f"**/{name}.csv" for name in ("bookmarks", "lists")),
        named=True,
        beside=("**/following_accounts.csv", "**/blocked_accounts.csv", "**/blocked_domains.csv", "**/outbox.json"),
    ),
    source="mastodon",
    reads="follows, blocks and lists",
)
def accounts(member: Member) -> Iterator[Record]:
    """A row an account, domain or post; the header is there in some of the tables only."""
    yield from few_notices(_accounts(member))


def _accounts(member: Member) -> Iterator[Record]:
    stem = member.path.rpartition("/")[2].rpartition(".")[0].casefold()
    kind, what = next((told for name, told in _TABLES.items() if stem.startswith(name)), _TABLES["following_accounts"])
    header: tuple[str, ...] = ()
    with member.open() as stream:
        for row in tables.cells(stream, ","):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
            elif row.line == 1 and row.cells and row.cells[0].strip("\ufeff") in _HEADS:
                header = tuple(row.cells)
            elif any(row.cells):
                first = row.cells[0]
                rest = {
                    header[at] if at < len(header) else f"column {at + 1}": cell for at, cell in enumerate(row.cells)
                }
                same = (first, *row.cells[1:]) if what == "list" else (first,)
                yield Item(
                    kind=kind,
                    key=(what, *same),
                    stable=True,
                    title=first,
                    parties=(Role("with", first, Handle("user", first)),) if "@" in first and "//" not in first else (),
                    details={name: cell for name, cell in list(rest.items())[1:] if cell},
                )
                if not row.ended and len(row.cells) < len(header):
                    yield Notice("table-cut", f"line {row.line}")
