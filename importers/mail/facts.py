"""What a mail tells beside itself: purchases, bookings, parcels, subscriptions and sign-ups, each linked to its mail.

Markup first, then the rules for plain mails; where markup gave a fact no rule is asked. Answers, forwarded mails, spam
and what the person sent tell nothing of the person's own. A mail without any of this costs two searches for a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.mail import bookings, markup, purchases, rules
from importers.mail.headers import Head
from importers.mail.letter import Letter
from importers.records import Item, Kind, Notice, Record

MARK = markup.MARK.encode("ascii")
"""An HTML part without these bytes has no markup."""

UNREAD = "mail-facts-unread"
"""The notice about a mail whose facts break what looks for them; the mail itself is kept as always."""

_NOT_OWN = re.compile(r"\s*(?:re|fwd?|tr|rep|réf?|aw|wg)\s?:", re.IGNORECASE)
_TRACES = ("received", "x-received", "delivered-to", "return-path", "x-original-to", "envelope-to")
_NOT_RECEIVED = frozenset({
    *("spam", "courrier indésirable", "junk", "pourriel"),
    *("sent", "messages envoyés", "draft", "drafts", "brouillons", "brouillon"),
})  # fmt: skip


def told(item: Item, head: Head, pages: list[str], number: int) -> Iterator[Record]:
    """The facts of a mail. ``pages``: its HTML parts that hold ``MARK``; ``number``: its place in the box."""
    hinted = bool(item.title) and rules.hints(item.title)
    if not pages and not hinted:
        return
    try:
        for record in _facts(item, head, pages, hinted=hinted):
            if isinstance(record, Notice):
                yield msgspec.structs.replace(record, position=f"message {number}")
            else:
                yield record
    except Exception as error:  # noqa: BLE001 - untrusted markup may break anything; the mail is kept, and it is told
        yield Notice(UNREAD, f"message {number}", type(error).__name__)


def _facts(item: Item, head: Head, pages: list[str], *, hinted: bool) -> Iterator[Record]:
    sender = next((role for role in item.parties if role.role == "from"), None)
    if sender is None or not _is_received(item, head):
        return
    letter = Letter(item, sender, head.get("message-id").strip())
    found = [markup.found(page) for page in pages]
    given = 0
    for record in _marked(letter, [each for one in found for each in one.nodes]):
        given += isinstance(record, Item)
        yield record
    for reason, form in {reason: form for one in found for reason, form in one.troubles.items()}.items():
        yield Notice(reason, what=form)
    if hinted and not given:
        confirms = any("ConfirmAction" in markup.types(node) for one in found for _, node in one.nodes)
        match = rules.matched(item.title, item.text, confirms=confirms)
        if match is not None:
            yield _ruled(letter, match)


def _is_received(item: Item, head: Head) -> bool:
    """Whether a mail came to the person: it bears a trace of its way, and no mark of an answer, of spam or of a box for
    what was sent. A shop that keeps its own confirmations in a box without labels is told apart by that trace."""
    if _NOT_OWN.match(item.title) or head.get("in-reply-to") or head.get("x-spam-flag").strip().upper() == "YES":
        return False
    if not any(head.get(name) for name in _TRACES):
        return False
    labels: Any = item.details.get("labels", ()) if isinstance(item.details, dict) else ()
    return not any(label.casefold() in _NOT_RECEIVED for label in labels)


def _marked(letter: Letter, nodes: list[tuple[str, markup.Node]]) -> Iterator[Record]:
    paid: set[str] = set()
    for place, (form, node) in enumerate(nodes):
        if any(name.endswith("Reservation") for name in markup.types(node)):
            yield from bookings.booked(letter, form, node, paid)
        else:
            yield from purchases.bought(letter, form, node, place)


def _ruled(letter: Letter, match: rules.Match) -> Item:
    """The item of a rule. A booking whose days are not clear is what was paid, or `other` without a price."""
    kind, total = match.rule.kind, match.total
    if kind is Kind.STAY and match.begins is None:
        kind = Kind.PURCHASE if total.amount else Kind.OTHER
    if kind in {Kind.OTHER, Kind.SETTING} or match.rule.what == "ended":
        total = rules.NO_TOTAL
    return Item(
        kind=kind,
        key=_key(letter, match),
        stable=True,
        when=match.begins or letter.when,
        end=match.ends.us if match.ends is not None else None,
        title=letter.item.title,
        amount=total.amount,
        currency=total.currency,
        parties=letter.parties(""),
        details=letter.details(f"words {match.rule.id}", {"state": match.rule.what, **match.numbers}),
    )


def _key(letter: Letter, match: rules.Match) -> tuple[Any, ...]:
    what, numbers = match.rule.what, match.numbers
    if match.rule.number == "parcel":
        return purchases.parcel_key(letter, numbers.get("parcel", ""), numbers.get("order", ""), what)
    if what == "booking":
        number = numbers.get("booking") or numbers.get("order", "")
        return ("booking by words", letter.whose(number), number.upper())
    number = numbers.get("order") or numbers.get("booking", "")
    return purchases.order_key(letter, number) if what == "order" and number else letter.own_key(what)
