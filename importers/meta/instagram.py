"""The flat files of an Instagram archive, 2021 and later (``instagram.toml`` describes them).

Facts: a French archive of 2022, an English one in the shape of 2026. Labels are in the account's language; times are
UTC, but those that older files write as words.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.meta import neighbours
from importers.meta.tables import Table, read
from importers.records import Record

TABLE = Table("instagram", neighbours.INSTAGRAM, marks=("label_values", "string_list_data", "string_map_data"))

_POST_KEYS = frozenset({"media", "creation_timestamp"})
_POSTS = (
    Rule(members=("**/posts_?.json", "**/posts_??.json", "**/posts_???.json"), keys=_POST_KEYS, named=True),
    Rule(shape="json-array", keys=_POST_KEYS, starts=('[{"media":', '[\n  {\n    "media":', '[\n {\n  "media":')),
    Rule(shape="json-array", keys=_POST_KEYS | {"uri", "media_metadata"}, beside=neighbours.INSTAGRAM),
)
_LABELS = ("en", "fr", "de", "it", "es", "nl")


@importer(*_POSTS, *TABLE.rules("posts"), source="instagram", reads="posts, stories and reels", status="proven")
def posts(member: Member) -> Iterator[Record]:
    """A `post` each, with its pictures, and where the picture was taken when it says so."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("likes"), source="instagram", reads="likes", status="proven")
def likes(member: Member) -> Iterator[Record]:
    """Liked posts and comments, by their author; the same like in an older shape of the file is the same."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("stories"), source="instagram", reads="reactions to stories", status="proven")
def stories(member: Member) -> Iterator[Record]:
    """Likes of stories, and answers to polls, quizzes and questions in them."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("comments"), source="instagram", reads="comments", languages=_LABELS, status="proven")
def comments(member: Member) -> Iterator[Record]:
    """The person's comments, with whose picture they are about."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("connections"), source="instagram", reads="followers and following", status="proven")
def connections(member: Member) -> Iterator[Record]:
    """Followers, followed accounts, requests, close friends and blocked accounts, each since when."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("searches"), source="instagram", reads="searches", languages=_LABELS, status="proven")
def searches(member: Member) -> Iterator[Record]:
    """Searched words and accounts."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("views"), source="instagram", reads="what was shown", languages=_LABELS, status="proven")
def views(member: Member) -> Iterator[Record]:
    """Ads, posts and films that were on the screen; Instagram keeps about two weeks."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("advertisers"), source="instagram", reads="advertisers", status="proven")
def advertisers(member: Member) -> Iterator[Record]:
    """Who uses the person's data for ads."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("inferences"), source="instagram", reads="what Instagram concluded", status="proven")
def inferences(member: Member) -> Iterator[Record]:
    """Interests, topics and the main location."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("links"), source="instagram", reads="links opened", status="proven")
def links(member: Member) -> Iterator[Record]:
    """Pages opened within Instagram."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("security"), source="instagram", reads="sign-ins and devices", status="proven")
def security(member: Member) -> Iterator[Record]:
    """Sign-ins, devices and changes of the account."""
    yield from read(member, TABLE)


@importer(*TABLE.rules("settings"), source="instagram", reads="settings", status="proven")
def settings(member: Member) -> Iterator[Record]:
    """Choices about notifications and ads."""
    yield from read(member, TABLE)


@importer(
    *(Rule(shape="json-object", keys=frozenset({key})) for key in ("string_list_data", "string_map_data")),
    Rule(shape="json-array", keys=frozenset({"string_list_data", "title"})),
    Rule(shape="json-array", keys=frozenset({"string_map_data", "media_list_data"})),
    Rule(keys=frozenset({"label_values", "label"}), contains=("instagram.com/",)),
    Rule(
        members=(
            *("**/your_instagram_activity/**/*.json", "**/apps_and_websites_off_of_instagram/**/*.json"),
            *("**/ads_information/**/*.json", "**/logged_information/**/*.json", "**/personal_information/**/*.json"),
            *("**/preferences/**/*.json", "**/connections/**/*.json", "**/security_and_login_information/**/*.json"),
        ),
        named=True,
        beside=neighbours.INSTAGRAM,
    ),
    source="instagram",
    reads="other records",
    languages=_LABELS,
    status="beta",
)
def other(member: Member) -> Iterator[Record]:
    """Files that nobody has described: each record with its time and words, as far as they can be told."""
    yield from read(member, TABLE)
