"""Conversations in HTML, the form that Meta offers first: ``message_1.html`` and following."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from importers.contract import Archive, Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.meta import neighbours
from importers.meta.conversation import Thread
from importers.meta.media import Joined
from importers.meta.page_blocks import PageBlock, blocks, title
from importers.meta.tables import Alike, local_time
from importers.records import Item, Kind, Notice, Record
from importers.whole import document

_NAMES = ("**/message_*.html",)
_IN_FOLDER = tuple(
    f"**/{folder}/*/message_*.html"
    for folder in (
        "inbox",
        "archived_threads",
        "filtered_threads",
        "message_requests",
        "legacy_threads",
        "e2ee_cutover",
    )
)


@importer(
    Rule(members=_IN_FOLDER, shape="html", named=True),
    Rule(members=_NAMES, shape="html", contains=("_a6-h", "_a6-p"), named=True),
    source="messenger",
    reads="messages (pages)",
    status="proven",
    weight=1,
)
def message_pages(member: Member) -> Iterator[Record]:
    """A `message` each, in the account's own time, read as UTC. Nothing where the same is there as JSON.

    A page in a language whose dates are not known is kept whole.
    """
    yield from few_notices(_messages(member))


@importer(
    Rule(members=_IN_FOLDER, shape="html", named=True, beside=neighbours.INSTAGRAM),
    source="instagram",
    reads="messages (pages)",
    weight=2,
)
def direct_message_pages(member: Member) -> Iterator[Record]:
    """The same in Instagram's archive."""
    yield from few_notices(_messages(member))


def has_twin(member: Member) -> bool:
    """Whether the archive has the same page as JSON."""
    paths = cast("frozenset[str]", member.archive.memo("meta.json-paths", lambda: _json_paths(member.archive)))
    return member.path.rpartition(".")[0].casefold() in paths


def _json_paths(archive: Archive) -> frozenset[str]:
    paths = (member.path.casefold() for member in archive.members)
    return frozenset(path.removesuffix(".json") for path in paths if path.endswith(".json"))


def _messages(member: Member) -> Iterator[Record]:
    if has_twin(member):
        yield Notice("meta-json-twin")
        return
    alike, joined, name = Alike(), Joined(member), title(member)
    folder, timed = member.path.rpartition("/")[0], False
    for block in blocks(member):
        if isinstance(block, Notice):
            yield block
            continue
        if block.when is None and not timed:
            yield Notice("meta-page-without-times")
            yield document(member)
            return
        timed = True
        if block.before or (block.when is None and not block.body):
            yield from _about(name, block)
        if block.when is None and not block.body:
            continue
        yield from local_time(member) if block.when else (Notice("meta-no-time", f"record {block.number}"),)
        yield alike.numbered(_item(name, block, joined, folder))
    yield from joined.told()


def _about(name: str, block: PageBlock) -> Iterator[Record]:
    """What the page says beside its messages."""
    said = [line.text for line in block.before] or [block.head.text]
    party = Thread(name, "", (), {"page": said}).party()
    if party is not None:
        yield party


def _item(name: str, block: PageBlock, joined: Joined, folder: str) -> Item:
    media = [address if "/messages/" in address else f"{folder}/{address}" for address in block.media]
    details: dict[str, Any] = {"links": block.links, "media": block.media, "reactions": block.reactions}
    when = block.when
    return Item(
        kind=Kind.MESSAGE,
        key=("message-page", block.head.text, when.us if when else None, block.text, *block.media),
        when=when,
        title=name,
        text=block.text,
        parties=Thread(name, "", (name,) if name else (), {}).roles(block.head.text),
        details={name: value for name, value in details.items() if value},
        files=joined.files(media),
    )
