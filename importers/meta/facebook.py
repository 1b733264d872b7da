"""The flat files of a Facebook archive, of every era (``facebook.toml`` describes them).

Facts: a French archive of 2022, files of 2021, and the sources of public readers for other eras. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.meta import neighbours
from importers.meta.tables import Table, read
from importers.records import Record

TABLE = Table("facebook", neighbours.FACEBOOK, marks=("label_values", "timestamp"), versions=("_v2", "_v3"))

_POSTS = (
    Rule(members=("**/your_posts*.json",), shape="json-array", keys=frozenset({"timestamp", "data", "post"})),
    Rule(members=("**/your_posts*.json",), shape="json-array", keys=frozenset({"timestamp"}), named=True),
)
_FOLDERS = (
    *("your_facebook_activity", "your_activity_across_facebook", "apps_and_websites_off_of_facebook"),
    *("friends_and_followers", "comments_and_reactions", "pages_and_profiles", "other_logged_information"),
    *("security_and_login_information", "your_interactions_on_facebook", "facebook_payments", "facebook_marketplace"),
    *("logged_information", "connections/friends", "connections/followers", "preferences", "ads_information"),
)


@importer(*_POSTS, *TABLE.rules("posts"), source="facebook", reads="posts, photos and stories", status="proven")
def posts(member: Member) -> Iterator[Record]:
    """A `post` each, with its pictures; the sentence that says what was done is kept in the account's language."""
    yield from read(member, TABLE, "post")


@importer(*TABLE.rules("comments"), source="facebook", reads="comments", status="proven")
def comments(member: Member) -> Iterator[Record]:
    """The person's own comments."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("reactions"), source="facebook", reads="reactions, polls and pokes", status="proven")
def reactions(member: Member) -> Iterator[Record]:
    """Likes and other gestures."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("friends"), source="facebook", reads="friends, requests and followers", status="proven")
def friends(member: Member) -> Iterator[Record]:
    """Since when someone is a friend, has asked, follows or is followed."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("pages"), source="facebook", reads="pages", status="proven")
def pages(member: Member) -> Iterator[Record]:
    """Pages that were liked, followed, left and recommended."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("groups"), source="facebook", reads="groups")
def groups(member: Member) -> Iterator[Record]:
    """Joining and leaving groups: only the sentence, in the account's language, tells which of both."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("events"), source="facebook", reads="events and invitations")
def events(member: Member) -> Iterator[Record]:
    """Events with their beginning and end; an end of 0 is none."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("saved"), source="facebook", reads="saved items")
def saved(member: Member) -> Iterator[Record]:
    """What was put aside."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("searches"), source="facebook", reads="searches", status="proven")
def searches(member: Member) -> Iterator[Record]:
    """The words that were searched; the title of the record is a sentence of the interface."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("notifications"), source="facebook", reads="notifications")
def notifications(member: Member) -> Iterator[Record]:
    """What Facebook notified."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("inferences"), source="facebook", reads="what Facebook concluded", status="proven")
def inferences(member: Member) -> Iterator[Record]:
    """Interests for advertising, topics, main location, circle of friends."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("advertisers"), source="facebook", reads="advertisers and clicks on ads", status="proven")
def advertisers(member: Member) -> Iterator[Record]:
    """Who uses the person's data for ads, and which ads were clicked."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("apps"), source="facebook", reads="connected applications", status="proven")
def apps(member: Member) -> Iterator[Record]:
    """Applications that were given access, from the day they were added."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("security"), source="facebook", reads="sign-ins and devices", status="proven")
def security(member: Member) -> Iterator[Record]:
    """Sessions, sign-ins and records of the account's safety."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("payments"), source="facebook", reads="payments and sales")
def payments(member: Member) -> Iterator[Record]:
    """Payments through Facebook and things sold on Marketplace."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("places"), source="facebook", reads="check-ins and places")
def places(member: Member) -> Iterator[Record]:
    """Places where the person was or that they made."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("settings"), source="facebook", reads="settings")
def settings(member: Member) -> Iterator[Record]:
    """Languages and controls."""
    yield from read(member, TABLE)


@importer(
    *TABLE.rules("other"),
    Rule(keys=frozenset({"support_correspondences", "subject", "message"})),
    Rule(members=tuple(f"**/{folder}/**/*.json" for folder in _FOLDERS), named=True, beside=neighbours.FACEBOOK),
    source="facebook",
    reads="other records",
    status="beta",
)
def other(member: Member) -> Iterator[Record]:
    """Files that nobody has described: each record with its time and words, as far as they can be told."""
    yield from read(member, TABLE)
