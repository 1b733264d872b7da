"""The tables of a Reddit archive. Large ones are split (``comments_1.csv``); votes and saved things have no date.

Facts come from what others have read. Ids are the service's own, so that a fact is told once in all archives.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer, skip
from importers.formats.few_notices import few_notices
from importers.formats.named_fields import Shape, row_facts
from importers.formats.named_tables import Table, folded, records, rules
from importers.records import Kind, Record

_BESIDE = ("**/post_votes.csv", "**/comment_votes.csv", "**/ip_logs.csv", "**/statistics.csv", "**/checkfile.csv")

_LITTLE_KNOWN = (
    *("gilded_content", "gold_received", "purchases", "subscriptions", "payouts", "stripe", "persona", "drafts"),
    *("scheduled_posts", "announcements", "sensitive_ads_preferences", "checkfile", "account_gender", "birthdate"),
    *("twitter", "linked_identities", "linked_phone_number"),
)
"""Tables of which little more than their name is known; they are claimed beside other files of Reddit only."""


def _table(names: tuple[str, ...], header: tuple[str, ...], shape: Shape) -> Table:
    return Table(names, header, shape, telling=False, listed=True)


_WRITTEN = (
    Table(("posts",), ("id", "permalink", "date", "subreddit", "title", "body"), Shape(
        Kind.POST, "post", time=("date",), title=("title",), text=("body",), party=("subreddit",), role="channel",
        own=("id",),
    )),
    Table(("comments",), ("id", "permalink", "date", "subreddit", "parent", "body"), Shape(
        Kind.POST, "comment", time=("date",), text=("body",), party=("subreddit",), role="channel", own=("id",),
    )),
)  # fmt: skip
_MESSAGES = (
    Table(("messages", "messages_archive"), ("id", "thread_id", "date", "from", "to", "subject", "body"), Shape(
        Kind.MESSAGE, "message", time=("date",), title=("subject",), text=("body",), party=("from",), user=("from",),
        role="from", own=("id",),
    )),
    Table(("chat_history",), ("message_id", "created_at", "username", "message", "channel_url"), Shape(
        Kind.MESSAGE, "chat", time=("created_at",), title=("channel_name",), text=("message",), party=("username",),
        user=("username",), role="from", own=("message_id",),
    )),
)  # fmt: skip
_VOTES = (
    _table(("post_votes", "comment_votes"), ("id", "permalink", "direction"), Shape(
        Kind.REACTION, "vote", title=("direction",), own=("id",),
    )),
    _table(("saved_posts", "saved_comments"), ("id", "permalink"), Shape(
        Kind.BOOKMARK, "saved", title=("permalink",), own=("id",),
    )),
    _table(("hidden_posts",), ("id", "permalink"), Shape(Kind.REACTION, "hidden", title=("permalink",), own=("id",))),
    _table(("poll_votes",), (), Shape(Kind.REACTION, "poll-vote", title=("user_selection",))),
)  # fmt: skip
_COMMUNITIES = (
    _table(("subscribed_subreddits",), ("subreddit",), Shape(
        Kind.SUBSCRIPTION, "community", title=("subreddit",), party=("subreddit",), role="channel", key=("subreddit",),
    )),
    _table(("moderated_subreddits", "approved_submitter_subreddits"), ("subreddit",), Shape(
        Kind.OTHER, "community", title=("subreddit",), party=("subreddit",), role="channel", key=("subreddit",),
    )),
    _table(("friends",), ("username",), Shape(
        Kind.OTHER, "friend", title=("username",), party=("username",), user=("username",), key=("username",),
    )),
    _table(("multireddits",), ("id", "display_name"), Shape(
        Kind.OTHER, "multireddit", time=("date",), title=("display_name",), text=("description",), own=("id",),
    )),
)  # fmt: skip
_ACCOUNT = (
    _table(("ip_logs",), ("date", "ip"), Shape(Kind.SIGN_IN, "address", time=("date",), title=("ip",), key=("ip",),
                                               nothing=frozenset({"registration ip"}))),
    _table(("statistics",), ("statistic", "value"), Shape(Kind.OTHER, "statistic", title=("statistic",))),
    _table(("user_preferences",), ("preference", "value"), Shape(Kind.SETTING, "preference", title=("preference",))),
)  # fmt: skip


skip(
    Rule(
        members=("**/*_headers.csv", "**/*_headers_?.csv"),
        named=True,
        header=frozenset({"id", "permalink"}),
        beside=("**/messages.csv", "**/posts.csv", "**/comments.csv", "**/messages_archive.csv"),
    ),
    source="reddit",
    why="reddit-headers",
    weight=1,
)


@importer(*rules(_WRITTEN, _BESIDE), source="reddit", reads="posts and comments")
def written(member: Member) -> Iterator[Record]:
    """What the person wrote, UTC."""
    yield from records(member, _WRITTEN)


@importer(*rules(_MESSAGES, _BESIDE), source="reddit", reads="messages and chats")
def messages(member: Member) -> Iterator[Record]:
    """Private messages and chats, UTC; a body may have many lines."""
    yield from records(member, _MESSAGES)


@importer(*rules(_VOTES, _BESIDE), source="reddit", reads="votes and saved posts")
def votes(member: Member) -> Iterator[Record]:
    """Votes, up, down or taken back, and what was saved or hidden. Nobody says when."""
    yield from records(member, _VOTES)


@importer(*rules(_COMMUNITIES, _BESIDE), source="reddit", reads="communities and friends")
def communities(member: Member) -> Iterator[Record]:
    """Communities that the person reads or keeps, friends, and lists of communities."""
    yield from records(member, _COMMUNITIES)


@importer(*rules(_ACCOUNT, _BESIDE), source="reddit", reads="account")
def account(member: Member) -> Iterator[Record]:
    """Addresses that the account was used from, settings and counts."""
    yield from records(member, _ACCOUNT)


@importer(
    *(
        Rule(members=tuple(f"**/{name}.csv" for name in _LITTLE_KNOWN), named=True, shape=shape, beside=_BESIDE[:4])
        for shape in ("csv", "text")
    ),
    source="reddit",
    reads="other tables",
    status="beta",
    weight=-1,
)
def other(member: Member) -> Iterator[Record]:
    """A table that nobody has described, as it stands."""
    name = folded(member)
    shape = Shape(
        Kind.OTHER, f"row {name}", time=("date", "created_at", "submit_time"), title=("title", "name"), text=("body",)
    )
    yield from few_notices(row_facts(member, shape, (), {"table": name}))
