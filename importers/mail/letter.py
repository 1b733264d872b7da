"""What the facts of a mail have in common: from whom, when, in which mail, and by which rule they were found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from importers.records import Item, Moment, Role

MARKUP = 16 << 10
"""Bytes of an object's JSON that a fact carries; a longer one stays in the mail's file ``message.html``."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - UTC, written with its own mark
_VOCABULARY = re.compile(rb'"https?://(?:www\.)?schema\.org/?')
_SURE = 6
"""Characters of a number that a sender gives only once; shorter ones are told apart by the whole address."""

_SECOND_LEVEL = frozenset({"ac", "asso", "co", "com", "gouv", "gov", "net", "org"})


@dataclass(frozen=True)
class Letter:
    """A mail that facts are looked for in. ``item``: the mail itself; ``sender``: its author; ``number``: its
    ``Message-ID`` or ''."""

    item: Item
    sender: Role
    number: str

    @property
    def when(self) -> Moment | None:
        """When the mail was written."""
        return self.item.when

    @property
    def address(self) -> str:
        """Address of the author in small letters; '' without one."""
        return self.sender.handle.value.lower() if self.sender.handle is not None else ""

    def link(self) -> dict[str, str]:
        """What finds the mail again (``vault_app.explore.letters``): its identifier, time (UTC) and subject."""
        when = self.item.when
        stamp = f"{(_EPOCH + timedelta(microseconds=when.us)).isoformat()}Z" if when is not None else ""
        named = {"Message-ID": self.number, "date": stamp, "subject": self.item.title}
        return {name: value for name, value in named.items() if value}

    def whose(self, number: str) -> str:
        """By whom a number was given: the sender's domain without its subdomains, or, for a short number, the whole
        address, since shops that share a sender count from 1,000."""
        if len(number) < _SURE:
            return self.address
        labels = self.address.rpartition("@")[2].split(".")
        last = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
        return ".".join(labels[-last:])

    def own_key(self, *parts: Any) -> tuple[Any, ...]:
        """Identity of a fact that has no number of its own: that of its mail, and what it is there."""
        return ("in mail", *self.item.key, *parts)

    def parties(self, seller: str, others: Iterable[Role] = ()) -> tuple[Role, ...]:
        """Who sold or carried, and who wrote when that is not the same."""
        if seller and seller.casefold() != self.sender.name.casefold():
            return (Role("seller", seller), *others, Role("from", self.sender.name, self.sender.handle))
        return (Role("seller", self.sender.name or self.address, self.sender.handle), *others)

    def details(self, rule: str, found: dict[str, Any]) -> dict[str, Any]:
        """By which rule, in which mail, and what else was found."""
        return {"rule": rule, "mail": self.link()} | {name: value for name, value in found.items() if value}


def carried(node: dict[str, Any]) -> Any:
    """An object of markup for the details of its fact; where it is too long, where it stands.

    The address of the vocabulary, which is the same everywhere and no link to follow, becomes ``schema:``.
    """
    written = msgspec.json.encode(node)
    return msgspec.json.decode(_VOCABULARY.sub(b'"schema:', written)) if len(written) <= MARKUP else "message.html"
