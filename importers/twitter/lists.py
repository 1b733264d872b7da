"""Likes, followers and those followed, blocked and muted: numbers of accounts and posts, without dates."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import text
from importers.formats.named_fields import Fields
from importers.records import Handle, Item, Kind, Notice, Record, Role
from importers.twitter import script
from importers.twitter.wording import words

_KINDS = {
    "following": Kind.SUBSCRIPTION,
    "follower": Kind.OTHER,
    "block": Kind.REACTION,
    "mute": Kind.REACTION,
    "smartblock": Kind.REACTION,
}


@importer(*script.rules("like"), source="twitter", reads="likes")
def likes(member: Member) -> Iterator[Record]:
    """Posts that the person liked, with their words where the archive has them. Nobody says when."""
    yield from few_notices(_likes(member))


def _likes(member: Member) -> Iterator[Record]:
    for leaf in script.leaves(member):
        if isinstance(leaf, Notice):
            yield leaf
            continue
        like = leaf.fields.get("like", leaf.fields)
        like = like if isinstance(like, dict) else {"value": like}
        number, original = text(like, "tweetId"), text(like, "fullText")
        taken = {"tweetId"} | ({"fullText"} if words(original) == original else set())
        details = {name: value for name, value in like.items() if name not in taken and value not in (None, "")}
        yield Item(
            kind=Kind.REACTION,
            key=("like", number or Fields(like).digest()),
            stable=bool(number),
            text=words(original),
            details={"tweetId": number} | details,
        )


@importer(*script.rules(*_KINDS), source="twitter", reads="followers, accounts followed, blocked and muted")
def accounts(member: Member) -> Iterator[Record]:
    """Accounts by number: who is followed is a ``subscription``, who is blocked or muted a ``reaction``."""
    yield from few_notices(_accounts(member))


def _accounts(member: Member) -> Iterator[Record]:
    for leaf in script.leaves(member):
        if isinstance(leaf, Notice):
            yield leaf
            continue
        what, known = next(iter(leaf.fields.items()), ("", {}))
        what = "block" if what == "blocking" else "mute" if what == "muting" else what
        known = known if isinstance(known, dict) else leaf.fields
        number = text(known, "accountId")
        yield Item(
            kind=_KINDS.get(what, Kind.OTHER),
            key=(what, number or Fields(known).digest()),
            stable=bool(number),
            title=number,
            parties=(Role("with", "", Handle("id", number)),) if number else (),
            details={"list": what} | {name: value for name, value in known.items() if name != "accountId"},
        )
