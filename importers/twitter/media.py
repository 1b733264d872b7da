"""Pictures and films: their names begin with the id of the post or message that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.records import File, Kind, Record
from importers.whole import document

_FOLDERS = (
    *("tweet_media", "tweets_media", "deleted_tweets_media", "community_tweet_media", "profile_media", "moments_media"),
    *("direct_messages_media", "direct_messages_group_media", "direct_message_media", "direct_message_group_media"),
    *("moments_tweets_media", "twitter_article_media", "twitter_circle_tweet_media", "grok_chat_media"),
)
_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
}
OF_X = ("**/manifest.js", "**/Your archive.html", "**/account.js", "**/tweet.js", "**/tweets.js")
"""Neighbours that tell an archive of X."""


def of(member: Member, number: str) -> tuple[File, ...]:
    """The files of a post or message, by its id, from the archive of the member that names it."""
    found = _index(member.archive).get(number, []) if number else []
    _joined(member.archive).update(one.path for one in found)
    return tuple(_file(one) for one in found)


def _index(archive: Archive) -> dict[str, list[Member]]:
    return cast("dict[str, list[Member]]", archive.memo("twitter.media", lambda: _by_number(archive)))


def _by_number(archive: Archive) -> dict[str, list[Member]]:
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for member in archive.members:
        folder, _, name = member.path.rpartition("/")
        number, dash, _ = name.partition("-")
        if dash and number.isdigit() and names.folded(folder).rpartition("/")[2] in _FOLDERS:
            found[number].append(member)
    return found


def _joined(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("twitter.joined", set))


def _file(member: Member) -> File:
    name = member.path.rpartition("/")[2]
    size = member.size if member.size >= 0 else None
    return File(name, member.pieces, _TYPES.get(_ending(member), "application/octet-stream"), size)


def _ending(member: Member) -> str:
    return member.path.rpartition(".")[2].casefold()


@importer(
    Rule(members=tuple(f"**/{folder}/*" for folder in _FOLDERS), named=True, beside=OF_X),
    source="twitter",
    reads="pictures and films",
    first=200,
    weight=2,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no post or message of this archive names (pictures of the profile). Read last."""
    if member.path not in _joined(member.archive):
        yield document(member, Kind.VIDEO if _ending(member) == "mp4" else Kind.PHOTO)
