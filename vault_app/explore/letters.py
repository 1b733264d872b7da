"""From a fact to the mail in which it was found, and from a mail to the facts that it tells.

The importer of mail writes under ``mail`` which mail a fact comes from: its ``Message-ID``, time and subject. A fact
that several mails tell (a confirmation and a reminder, a mail in two archives) names each of them: ``mail``,
``mail (2)``. Nothing is stored for these ways: undo of an import takes a mail or a fact away, and the way with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.records import KINDS, Kind
from vault_app.explore import facts
from vault_app.explore.fact import Fact
from vault_app.explore.selection import BadSelection, Selection, moment
from vault_app.vault.vault import Vault

SOURCE = "mail"
MOST = 50
"""Facts that are given at most."""

_LOOKED_AT = 500
"""Mails of one second, or with the words of one subject, that are looked at."""

_NAMED = re.compile(r"mail(?: \(\d{1,6}\))?\Z")
_TOLD = """
SELECT DISTINCT item.id FROM item_actor JOIN item ON item.id = item_actor.item
JOIN source ON source.id = item.source AND source.name = ?
WHERE item_actor.actor IN (SELECT id FROM actor WHERE name IN (?, ?, ?) AND type = 'email' AND value = ?)
AND item.kind <> ? AND (instr(item.details, ?) OR EXISTS
    (SELECT 1 FROM added WHERE added.item = item.id AND instr(added.details, ?)))
AND item.import NOT IN (SELECT id FROM import WHERE state = 'running')
ORDER BY item.id LIMIT ?
"""


def related(vault: Vault, fact: Fact) -> list[Fact]:
    """The mails in which a fact was found, or the facts that a mail tells; none for facts of other sources."""
    if fact.source != SOURCE or not fact.details:
        return []
    return _told(vault, fact) if fact.kind is Kind.MESSAGE else _letters(vault, fact)


def _letters(vault: Vault, fact: Fact) -> list[Fact]:
    found: dict[int, Fact] = {}
    for link in _links(fact):
        for mail in _candidates(vault, link):
            if mail.id not in found and _is(mail, link):
                found[mail.id] = mail
                break
        if len(found) >= MOST:
            break
    return list(found.values())


def _links(fact: Fact) -> Iterator[dict[str, Any]]:
    for name, value in msgspec.json.decode(fact.details).items():
        if _NAMED.match(name) and isinstance(value, dict):
            yield value


def _candidates(vault: Vault, link: dict[str, Any]) -> Iterator[Fact]:
    """Mails of that moment; then, for a mail without a time, those with the words of its subject."""
    chosen = Selection(sources=(SOURCE,), kinds=(Kind.MESSAGE,))
    at = _moment(link)
    if at is not None:
        yield from facts.page(vault, chosen.between(at, at + 1), _LOOKED_AT)
        return
    subject = str(link.get("subject", ""))
    if subject:
        words = Selection(sources=(SOURCE,), kinds=(Kind.MESSAGE,), text=subject)
        yield from facts.page(vault, words, _LOOKED_AT)


def _moment(link: dict[str, Any]) -> int | None:
    try:
        return moment(str(link.get("date", "")))
    except (BadSelection, OverflowError):
        return None


def _is(mail: Fact, link: dict[str, Any]) -> bool:
    number = link.get("Message-ID")
    return bool(number == message_id(mail) if number else mail.title == link.get("subject", ""))


def message_id(mail: Fact) -> str:
    """The ``Message-ID`` of a mail as it stands in its head; '' without one."""
    headers = msgspec.json.decode(mail.details).get("headers", []) if mail.details else []
    named = (pair[1] for pair in headers if len(pair) == 2 and str(pair[0]).strip().lower() == "message-id")
    return str(next(named, "")).strip()


def _told(vault: Vault, mail: Fact) -> list[Fact]:
    """Each fact names the author of its first mail among its people: few have to be looked at. A later mail of another
    author leads to the facts that it tells anew only; those lead to it all the same."""
    number = message_id(mail)
    author = next((role for role in mail.parties if role.role == "from" and role.handle is not None), None)
    if not number or author is None or author.handle is None:
        return []
    written = msgspec.json.encode(number).decode()
    address = author.handle.value
    connection = vault.read()
    rows = connection.execute(
        _TOLD,
        [SOURCE, author.name, address.lower(), "", address, KINDS.index(Kind.MESSAGE), written, written, MOST],
    )
    found = facts.by_ids(connection, [number for (number,) in rows])
    return [found[key] for key in sorted(found)]
