"""Posts: those that stand, those that were deleted, long ones, and those of archives before 2018.

A repost (``RT @user:``) is a reaction to another's post, whose words the archive cuts at 140 characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from importers.contract import Archive, Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import text
from importers.formats.named_fields import NO_TIME, Shape, row_facts
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role
from importers.twitter import media, script
from importers.twitter.wording import inner, made, when, words

_ALIKE = 40
"""Characters by which a long post is found again: the short text of it is cut further on."""


@importer(
    *script.rules("tweet", "tweets", "deleted_tweet", "deleted_tweets", "community_tweet", "twitter_circle_tweet"),
    Rule(starts=("Grailbird.data.tweets",)),
    source="twitter",
    reads="posts",
    status="documents",
)
def posts(member: Member) -> Iterator[Record]:
    """Posts with their pictures; times are UTC. Numbers of likes are those of the day of the archive."""
    yield from few_notices(_posts(member))


def _posts(member: Member) -> Iterator[Record]:
    for leaf in script.leaves(member):
        if isinstance(leaf, Notice):
            yield leaf
            continue
        tweet = leaf.fields.get("tweet") if isinstance(leaf.fields.get("tweet"), dict) else leaf.fields
        yield from _post(member, cast("dict[str, Any]", tweet), leaf.position)


def _post(member: Member, tweet: dict[str, Any], position: str) -> Iterator[Record]:
    number = text(tweet, "id_str", "id", "tweet_id")
    written = text(tweet, "created_at")
    stamp = when(written, number)
    if stamp is None:
        yield Notice(NO_TIME, position, "created_at")
    original = text(tweet, "full_text", "text")
    shown = words(original, inner(tweet, "entities", "urls"))
    details = {name: value for name, value in tweet.items() if value not in (None, "", [], {})}
    note = _notes(member.archive).pop((stamp.us // 1_000_000 if stamp else 0, words(original)[:_ALIKE]), None)
    if note is not None:
        shown = text(inner(note, "core") or {}, "text") or shown
        details["noteTweet"] = note
    if stamp is not None and stamp != made(number):
        details.pop("created_at", None)
    if shown == original:
        details.pop("full_text" if "full_text" in tweet else "text", None)
    yield Item(
        kind=Kind.REACTION if original.startswith("RT @") else Kind.POST,
        key=("tweet", number) if number else ("tweet", "", written, original),
        stable=bool(number),
        when=stamp,
        text=shown,
        parties=tuple(_parties(tweet)),
        lat=_coordinate(tweet, 1),
        lon=_coordinate(tweet, 0),
        details=details,
        files=media.of(member, number),
    )


def _parties(tweet: dict[str, Any]) -> Iterator[Role]:
    answered = text(tweet, "in_reply_to_screen_name")
    if answered:
        yield Role("to", answered, Handle("user", answered))
    for mention in inner(tweet, "entities", "user_mentions") or ():
        user = text(mention, "screen_name") if isinstance(mention, dict) else ""
        if user and user != answered:
            yield Role("with", text(mention, "name") or user, Handle("user", user))


def _coordinate(tweet: dict[str, Any], place: int) -> float | None:
    """Longitude stands first. The pair may be numbers or texts."""
    pair = inner(tweet, "coordinates", "coordinates")
    if not isinstance(pair, list) or len(pair) != 2:
        return None
    try:
        lon, lat = (float(part) for part in pair)
    except (TypeError, ValueError):
        return None
    return (lon, lat)[place] if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _notes(archive: Archive) -> dict[tuple[int, str], dict[str, Any]]:
    """Long posts by their second and first words: they name no post, whose text is cut in its own file."""
    return cast("dict[tuple[int, str], dict[str, Any]]", archive.memo("twitter.notes", lambda: _found(archive)))


def _found(archive: Archive) -> dict[tuple[int, str], dict[str, Any]]:
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for member in script.members(archive, "note_tweet", "**/note-tweet.js", "**/note-tweet-part*.js"):
        for leaf in script.leaves(member):
            note = None if isinstance(leaf, Notice) else leaf.fields.get("noteTweet")
            if isinstance(note, dict):
                stamp = _noted(note)
                found[stamp.us // 1_000_000 if stamp else 0, _start(note)] = note
    return found


def _noted(note: dict[str, Any]) -> Moment | None:
    return when(text(note, "createdAt"), text(note, "noteTweetId"))


def _start(note: dict[str, Any]) -> str:
    return text(inner(note, "core") or {}, "text")[:_ALIKE]


@importer(*script.rules("note_tweet"), source="twitter", reads="long posts", first=150)
def long_posts(member: Member) -> Iterator[Record]:
    """A long post that no post of the archive begins like; the others are joined to theirs."""
    alone = _notes(member.archive)
    for leaf in script.leaves(member):
        if isinstance(leaf, Notice):
            yield leaf
            continue
        note = leaf.fields.get("noteTweet", leaf.fields)
        stamp = _noted(note)
        if (stamp.us // 1_000_000 if stamp else 0, _start(note)) in alone or not _start(note):
            yield Item(
                kind=Kind.POST,
                key=("note-tweet", text(note, "noteTweetId")),
                stable=True,
                when=stamp,
                text=text(inner(note, "core") or {}, "text"),
                details=note,
            )


_CSV = Shape(
    Kind.POST, "tweet", time=("timestamp",), text=("text",), own=("tweet_id",), clean=words, role="to",
    user=("in_reply_to_user_id",), handle="id",
)  # fmt: skip


@importer(
    Rule(header=frozenset({"tweet_id", "in_reply_to_status_id", "timestamp", "source", "text"})),
    source="twitter",
    reads="posts of an old archive",
    weight=-1,
)
def old_table(member: Member) -> Iterator[Record]:
    """``tweets.csv`` of archives until 2018; the same posts stand in the files beside it, with more fields."""
    yield from few_notices(row_facts(member, _CSV, ("tweet_id", "timestamp", "text")))
