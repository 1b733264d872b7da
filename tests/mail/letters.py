"""Mails with markup, made for tests, and what came out of them."""

from __future__ import annotations

import json
from typing import Any

from importers.mail import message
from importers.mail.split import Raw
from importers.records import Item, Notice, Record

HEAD = (
    "Delivered-To: camille@exemple.org\nMessage-ID: <{id}@boutique.example>\n"
    "Date: Tue, 9 Jun 2026 21:14:10 +0200\nFrom: {who}\nSubject: {subject}\n"
)
SHOP = "Boutique <commandes@boutique.example>"


def mail(
    body: str, *, subject: str = "Bonjour", number: str = "1", who: str = SHOP, more: str = "", html: bool = True
) -> list[Record]:
    """All records of one mail."""
    type_ = f"Content-Type: text/{'html' if html else 'plain'}; charset=utf-8\n"
    head = HEAD.format(id=number, who=who, subject=subject)
    return list(message.records(Raw(1, "", f"{more}{head}{type_}\n{body}\n".encode())))


def told(records: list[Record]) -> list[Item]:
    """The facts, without the mail."""
    return [record for record in records if isinstance(record, Item) and record.key[0] not in {"message-id", "content"}]


def ld(*nodes: Any) -> str:
    """An HTML text with these objects."""
    said = nodes[0] if len(nodes) == 1 else list(nodes)
    return f'<p>Bonjour</p><script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


def node(type_: str, **fields: Any) -> dict[str, Any]:
    """An object of schema.org."""
    return {"@context": "http://schema.org", "@type": type_, **fields}


def reasons(records: list[Record]) -> list[str]:
    return [record.reason for record in records if isinstance(record, Notice)]
