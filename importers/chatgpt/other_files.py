"""The account, reactions to answers, shared conversations; other members are kept whole: their shape is not known."""

from __future__ import annotations

from collections.abc import Iterator

from importers.chatgpt.media import NEIGHBOURS
from importers.contract import Member, Rule, importer, keep
from importers.formats.any_stamp import in_utc
from importers.formats.json_records import Alike, Entry, text
from importers.formats.json_wholes import wholes
from importers.records import Handle, Item, Kind, Party, Record

_HANDLES = (("email", "email"), ("phone", "phone_number"))
_KEPT = ("model_comparisons.json", "group_chats.json", "shopping.json", "sora.json", "textdocs/*.json")


@importer(
    Rule(members=("**/user.json",), shape="json-object", keys=frozenset({"chatgpt_plus_user"})),
    source="chatgpt",
    product="account",
    reads="account",
)
def account(member: Member) -> Iterator[Record]:
    """The person's own account."""
    with member.open() as stream:
        for found in wholes(stream):
            if not isinstance(found, Entry):
                yield found
                continue
            handles = tuple(Handle(sort, value) for sort, name in _HANDLES if (value := text(found.fields, name)))
            name = text(found.fields, "name", "email")
            yield Party(key=("user", text(found.fields, "id")), name=name, handles=handles, details=found.fields)


@importer(
    Rule(members=("**/message_feedback.json",), named=True),
    Rule(shape="json-array", keys=frozenset({"id", "conversation_id", "rating", "create_time"}), contains=('"thumbs',)),
    source="chatgpt",
    product="feedback",
    reads="reactions to answers",
)
def feedback(member: Member) -> Iterator[Record]:
    """A `reaction` each, with all its fields."""
    yield from _listed(member, Kind.REACTION, "feedback")


@importer(
    Rule(members=("**/shared_conversations.json",), named=True),
    Rule(shape="json-array", keys=frozenset({"conversation_id", "is_anonymous"})),
    source="chatgpt",
    product="shared",
    reads="shared conversations",
)
def shared(member: Member) -> Iterator[Record]:
    """Conversations that were published by a link, without a time."""
    yield from _listed(member, Kind.POST, "shared")


def _listed(member: Member, kind: Kind, name: str) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for found in wholes(stream):
            if not isinstance(found, Entry):
                yield found
                continue
            own = text(found.fields, "id")
            plain = found.text or repr(sorted(found.fields.items()))
            yield Item(
                kind=kind,
                key=(name, own) if own else alike.key(name, str(plain)),
                stable=bool(own),
                when=in_utc(found.fields.get("create_time")),
                title=text(found.fields, "title"),
                details=found.fields,
            )


keep(
    Rule(members=tuple(f"**/{name}" for name in _KEPT), beside=NEIGHBOURS, named=True),
    source="chatgpt",
)
