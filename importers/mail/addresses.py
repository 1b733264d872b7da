"""The people of a mail: address lists of its headers as parties (RFC 5322 and what is written instead of it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from importers.mail.headers import Head, decoded
from importers.records import Handle, Role

MOST = 2_000
"""Parties of one mail; further ones stay in its headers."""

_OFTEN = 300
_SIMPLE = re.compile(r'[ \t]*(?:"([^"\\]*)"|([^"<>(),;:@\\]*))[ \t]*<([^<>\s,;()"]+@[^<>\s,;()"]+)>[ \t]*\Z')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|\([^()]*\)?|[,;:]|[^",;:<(]+|.', re.DOTALL)
_ROLES = (("from", "from"), ("to", "to"), ("cc", "cc"), ("bcc", "bcc"))


def parties(head: Head) -> tuple[Role, ...]:
    """Everybody who is named as author or receiver, each once for each role, in the order of the headers.

    A ``Sender`` stands in for a missing ``From``.
    """
    found: dict[Role, None] = {}
    for header, role in _ROLES:
        for value in head.all(header):
            for party in _roles(role, value) if len(value) > _OFTEN else _again(role, value):
                found[party] = None
    if not any(role.role == "from" for role in found) and head.get("sender"):
        found = dict.fromkeys(_roles("from", head.get("sender"))) | found
    return tuple(found)[: MOST + 1]


@lru_cache(maxsize=4096)
def _again(role: str, value: str) -> tuple[Role, ...]:
    """The same people write to each other again and again."""
    return tuple(_roles(role, value))


def _roles(role: str, value: str) -> Iterator[Role]:
    simple = _SIMPLE.match(value)
    if simple:
        yield Role(role, decoded(simple[1] or simple[2] or "").strip(), Handle("email", simple[3]))
        return
    for number, (name, address) in enumerate(_listed(value)):
        if number > MOST:
            return
        if "@" in address:
            yield Role(role, name, Handle("email", address))
        elif name or address:
            yield Role(role, name or address, None)


def _listed(value: str) -> Iterator[tuple[str, str]]:
    """Name and address of each entry; the name of a group is no entry, its members are."""
    words: list[str] = []
    comment = address = ""
    for token in _TOKEN.findall(value):
        first = token[0]
        if first in {",", ";"}:
            yield from _entry(words, comment, address)
            words, comment, address = [], "", ""
        elif first == ":" and not address:
            words = []
        elif first == "<":
            address = token.strip("<>").strip()
        elif first == "(":
            comment = token.strip("()").strip()
        elif first == '"':
            words.append(re.sub(r"\\(.)", r"\1", token.strip('"')))
        else:
            words.append(token)
    yield from _entry(words, comment, address)


def _entry(words: list[str], comment: str, address: str) -> Iterator[tuple[str, str]]:
    text = " ".join("".join(words).split()) if words else ""
    if not address and "@" in text:
        address, text = text.replace(" ", ""), ""
    name = decoded(text or comment).strip()
    if name or address:
        yield name, decoded(address)
