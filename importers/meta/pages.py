"""All other HTML pages of Facebook's and Instagram's archives: blocks of a heading, words and a time."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.meta import facebook, instagram, neighbours
from importers.meta.media import Joined
from importers.meta.message_pages import has_twin
from importers.meta.page_blocks import PageBlock, blocks
from importers.meta.tables import Alike, Row, Table, local_time
from importers.records import Item, Kind, Notice, Record
from importers.whole import document

_BLOCKS = (("_a6-g", "_a6-p"), ("uiBoxWhite noborder",))
_OTHER = Row(group="other", what="other", kind="other")


@importer(
    *(Rule(shape="html", contains=marks) for marks in _BLOCKS),
    Rule(members=("**/*.html",), shape="html", beside=neighbours.FACEBOOK, named=True),
    source="facebook",
    reads="pages of the archive",
    status="beta",
)
def facebook_pages(member: Member) -> Iterator[Record]:
    """An item a block, of the kind that the file's name tells; a page without times is kept whole."""
    yield from few_notices(_page(member, facebook.TABLE))


@importer(
    *(Rule(shape="html", contains=marks, beside=neighbours.INSTAGRAM) for marks in _BLOCKS),
    Rule(members=("**/*.html",), shape="html", beside=neighbours.INSTAGRAM, named=True),
    source="instagram",
    reads="pages of the archive",
    status="beta",
    weight=1,
)
def instagram_pages(member: Member) -> Iterator[Record]:
    """The same in Instagram's archive."""
    yield from few_notices(_page(member, instagram.TABLE))


def _page(member: Member, table: Table) -> Iterator[Record]:
    if has_twin(member):
        yield Notice("meta-json-twin")
        return
    alike, joined, row = Alike(), Joined(member), table.named(member) or _OTHER
    whole = True
    for block in blocks(member):
        if isinstance(block, Notice):
            yield block
        elif block.when is not None:
            whole = False
            yield from local_time(member)
            yield alike.numbered(_item(row, block, joined))
        elif not whole and block.body:
            yield Notice("meta-no-time", f"record {block.number}")
            yield alike.numbered(_item(row, block, joined))
    if whole:
        yield document(member)
    yield from joined.told()


def _item(row: Row, block: PageBlock, joined: Joined) -> Item:
    details = {"before": [line.text for line in block.before], "links": block.links, "media": block.media}
    details |= {"reactions": block.reactions}
    us = block.when.us if block.when else None
    return Item(
        kind=Kind(row.kind),
        key=(f"page-{row.what}", us, block.head, block.text, *block.links),
        when=block.when,
        title=block.head,
        text=block.text,
        details={name: value for name, value in details.items() if value},
        files=joined.files(block.media),
    )
