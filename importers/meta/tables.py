"""Files of flat records, described by a table (``facebook.toml``, ``instagram.toml``, ``threads.toml``).

A row says what the records of a file are: ``what`` is the first part of their identity, in every era and language;
``keys`` are root keys without their version, ``own`` when a key is nobody else's, so that the file is recognised
under any name; ``names`` are base names (``?`` for a digit, or for an apostrophe, which unpacking programs change);
``role`` is the counterpart's part, '' for none; ``heading`` says which words are the title where that is not the
record's own title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, cast

import msgspec

from importers.contract import Member, Rule
from importers.formats.few_notices import few_notices
from importers.meta import mangled
from importers.meta.elements import Element, elements
from importers.meta.fact import Fact, code, facts
from importers.meta.media import Joined
from importers.records import Handle, Item, Kind, Notice, Record, Role


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file shape; see the module."""

    group: str
    what: str
    kind: str
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    own: bool = False
    role: str = "with"
    heading: str = ""
    same: tuple[str, ...] = ("url", "text", "name", "uris", "title")


class Table:
    """The rows of one service. ``beside``: its neighbours, for files whose content and name are not its own;
    ``marks``: keys one of which such files have; ``versions``: what its keys may end with."""

    def __init__(
        self, source: str, beside: tuple[str, ...], marks: tuple[str, ...], versions: tuple[str, ...] = ()
    ) -> None:
        text = files("importers.meta").joinpath(f"{source}.toml").read_text(encoding="utf-8")
        self.rows = msgspec.convert(tomllib.loads(text)["file"], list[Row])
        self._beside, self._marks, self._versions = beside, marks, versions
        self._keys = {key: row for row in self.rows for key in row.keys}
        self._what = {row.what: row for row in reversed(self.rows)}
        self._names = {_bare(name): row for row in self.rows for name in row.names}

    def rules(self, group: str) -> tuple[Rule, ...]:
        """How the files of a group are recognised."""
        rows = [row for row in self.rows if row.group == group]
        globs = tuple(f"**/{name}.json" for row in rows for name in row.names)
        named = (Rule(members=globs, keys=frozenset({mark}), named=True, beside=self._beside) for mark in self._marks)
        return (*(rule for row in rows for rule in self._rules(row)), *(named if globs else ()))

    def row(self, element: Element, member: Member, content: str = "") -> Row:
        """What an element is: by its key, else by the name of the file, else what its ``content`` has told."""
        return self._keys.get(element.key) or self.named(member) or self._what.get(content, _UNKNOWN)

    def named(self, member: Member) -> Row | None:
        """The row of a file by its name."""
        name = member.path.rpartition("/")[2].rpartition(".")[0]
        return self._names.get(_bare(mangled.mended(name)))

    def _rules(self, row: Row) -> Iterator[Rule]:
        for key in row.keys:
            for version in ("", *self._versions) if row.own else self._versions:
                yield Rule(keys=frozenset({key + version}))
            if row.names and not row.own:
                globs = tuple(f"**/{name}.json" for name in row.names)
                yield Rule(members=globs, keys=frozenset({key}), named=True, beside=self._beside)


_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?\Z")
_REMEMBERED = 50_000
_UNKNOWN = Row(group="other", what="other", kind="other", role="")


def read(member: Member, table: Table, content: str = "") -> Iterator[Record]:
    """One item for each fact of a file. ``content``: what these are where neither a key nor the file's name says it."""
    yield from few_notices(_read(member, table, content))


def _read(member: Member, table: Table, content: str) -> Iterator[Record]:
    alike = Alike()
    joined = Joined(member)
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        row = table.row(element, member, content)
        for found, value in facts(element.value):
            if found.local:
                yield from local_time(member)
            yield alike.numbered(item(row, found, value, element, joined))
    yield from joined.told()


def local_time(member: Member) -> Iterator[Notice]:
    """Says once in an archive that times are words without a zone."""
    told = cast("list[bool]", member.archive.memo("meta.local-time", list))
    if not told:
        told.append(True)
        yield Notice("meta-local-time")


def item(row: Row, found: Fact, value: Any, element: Element, joined: Joined) -> Item:
    """A fact as an item; what of the record has no column stays in its details."""
    title, text = (found.text or found.title, "") if row.heading == "text" else (found.title, found.text)
    if row.heading == "name" and (found.name or found.user):
        title = found.name or found.user
    amount, currency = _money(value)
    return Item(
        kind=_kind(row, found, amount),
        key=(row.what, found.when.us if found.when else None, *_same(row, found)),
        when=found.when,
        end=found.end.us if found.end and found.when else None,
        title=title,
        text=text,
        lat=found.place[0] if found.place else None,
        lon=found.place[1] if found.place else None,
        amount=amount,
        currency=currency,
        parties=(role(row.role, found),) if row.role and (found.name or found.user) else (),
        details=details(value, found, title, text, element),
        files=joined.files(found.uris),
    )


def _kind(row: Row, found: Fact, amount: str) -> Kind:
    """What stands in a list of payments and is none (the preferred currency) is no transaction."""
    kind = Kind(row.kind)
    return Kind.OTHER if kind is Kind.TRANSACTION and found.when is None and not amount else kind


def _money(value: Any) -> tuple[str, str]:
    """An amount with its currency; two empty texts when the record has none or writes it in words."""
    if not isinstance(value, dict):
        return "", ""
    amount, currency = str(value.get("amount", "")), value.get("currency")
    sound = isinstance(currency, str) and len(currency) == 3 and _AMOUNT.match(amount)
    return (amount, str(currency)) if sound else ("", "")


def role(part: str, found: Fact) -> Role:
    """The counterpart; a user name is a handle."""
    return Role(part, found.name or found.user, Handle("user", found.user) if found.user else None)


def details(value: Any, found: Fact, title: str, text: str, element: Element) -> dict[str, Any]:
    """All fields of a record but those that a column says word for word."""
    if not isinstance(value, dict):
        return {} if value == title else {"value": value}
    said = {title, text} - {""}
    kept = {name: entry for name, entry in value.items() if not (isinstance(entry, str) and entry in said)}
    if found.when is not None and kept.get("timestamp") == found.when.us // 1_000_000:
        del kept["timestamp"]
    return kept | ({"list": element.part} if element.part else {})


def _same(row: Row, found: Fact) -> tuple[str, ...]:
    """What makes a fact itself beside its time: the first of the row's columns that says something."""
    columns = {
        "url": code(found.url),
        "text": found.text,
        "name": found.user or found.name,
        "uris": " ".join(uri.rpartition("/")[2] for uri in found.uris),
        "title": found.title,
        "rest": found.rest,
    }
    found_one = next((columns[name] for name in row.same if columns[name]), found.own or found.rest)
    return (found_one,) if found_one else ()


class Alike:
    """Tells facts of one file apart that look alike; files are in the order of time, so those stand close together."""

    def __init__(self) -> None:
        self._recent: dict[tuple[Any, ...], int] = {}
        self._before: dict[tuple[Any, ...], int] = {}

    def numbered(self, fact: Item) -> Item:
        """The item, with a running number in its key when others before it are alike."""
        if len(self._recent) >= _REMEMBERED:
            self._before, self._recent = self._recent, {}
        number = self._recent.get(fact.key, self._before.get(fact.key, 0)) + 1
        self._recent[fact.key] = number
        return fact if number == 1 else msgspec.structs.replace(fact, key=(*fact.key, number))


def _bare(name: str) -> str:
    """A base name without number, case, apostrophes and underscores."""
    folded = "".join(char for char in name.rpartition("/")[2].casefold() if char.isalnum() or char == "_")
    stem, _, number = folded.rpartition("_")
    return (stem if number.isdigit() and stem else folded).replace("_", "")
