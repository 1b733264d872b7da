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
_BOTH = ("personal_information", "logged_information", "preferences", "security_and_login_information", "messages")
_INSTAGRAM = tuple(
    f"**/{folder}/**/*.html"
    for folder in (
        *_BOTH,
        *("your_instagram_activity", "connections", "ads_information", "apps_and_websites_off_of_instagram"),
        *("followers_and_following", "ads_and_topics", "likes", "comments", "content", "information_about_you"),
    )
)
_FACEBOOK = tuple(
    f"**/{folder}/**/*.html"
    for folder in (
        *_BOTH,
        *("your_facebook_activity", "your_activity_across_facebook", "connections", "ads_information", "posts"),
        *("apps_and_websites_off_of_facebook", "friends_and_followers", "comments_and_reactions", "friends", "groups"),
        *("pages_and_profiles", "search", "events", "profile_information", "likes_and_reactions", "photos_and_videos"),
    )
)
_OTHER = Row(group="other", what="other", kind="other")


@importer(
    Rule(members=_INSTAGRAM, shape="html", beside=neighbours.INSTAGRAM, named=True),
    *(Rule(shape="html", contains=marks, beside=neighbours.INSTAGRAM) for marks in _BLOCKS),
    source="instagram",
    reads="pages of the archive",
    status="beta",
)
def instagram_pages(member: Member) -> Iterator[Record]:
    """An item a block, of the kind that the file's name tells; a page without times is kept whole."""
    yield from few_notices(_page(member, instagram.TABLE))


@importer(
    Rule(members=_FACEBOOK, shape="html", beside=neighbours.FACEBOOK, named=True),
    *(Rule(shape="html", contains=marks) for marks in _BLOCKS),
    source="facebook",
    reads="pages of the archive",
    status="beta",
)
def facebook_pages(member: Member) -> Iterator[Record]:
    """The same in Facebook's archive."""
    yield from few_notices(_page(member, facebook.TABLE))


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
    before, head, body = block.before, block.head, block.body
    if block.number == 1 and body and body[0].links and not head.links:  # the heading of the page, then the first link
        before, head, body = [*before, head], body[0], body[1:]
    text = "\n".join(line.text for line in body if line.text)
    details = {"before": [line.text for line in before], "links": block.links, "media": block.media}
    details |= {"reactions": block.reactions}
    us = block.when.us if block.when else None
    return Item(
        kind=Kind(row.kind),
        key=(f"page-{row.what}", us, head.text, text, *block.links),
        when=block.when,
        title=head.text,
        text=text,
        details={name: value for name, value in details.items() if value},
        files=joined.files(block.media),
    )
