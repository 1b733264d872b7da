"""What the importers of this project declare, as data, so that it is known without loading their code.

``index.json`` is made from the code by ``python3 start.py index`` and holds one declaration a line, in the order in
which they are asked. It is no source of its own: a test holds it against the code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from importers.contract import Declaration, Importer, Keep, Rule, Skip
from importers.records import Kind

FILE = Path(__file__).with_suffix(".json")
"""A resource of ours, like the code beside it."""


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    module: str
    source: str
    rules: tuple[Rule, ...]
    weight: int = 0


class ImporterEntry(_Entry, frozen=True, tag="importer", tag_field="what"):
    """An importer without its function, which loading ``module`` declares."""

    id: str
    reads: str
    product: str = ""
    languages: tuple[str, ...] = ("en", "fr")
    status: str = "documents"
    facts_as_of: str = "2026-11"
    first: int = 100


class SkipEntry(_Entry, frozen=True, tag="skip", tag_field="what"):
    """Members that are left out."""

    why: str


class KeepEntry(_Entry, frozen=True, tag="keep", tag_field="what"):
    """Members that are kept whole; ``dated`` and ``described``: whether there are functions ``when`` and ``about``."""

    kind: Kind = Kind.DOCUMENT
    dated: bool = False
    described: bool = False


Entry: TypeAlias = ImporterEntry | SkipEntry | KeepEntry


def read() -> tuple[Entry, ...]:
    """All declarations of this project, in order. Raises msgspec.DecodeError when the file is not of this version."""
    return msgspec.json.decode(FILE.read_bytes(), type=tuple[Entry, ...])


def text(found: Iterable[Entry]) -> str:
    """The content of the file."""
    return "[\n" + ",\n".join(json.dumps(_plain(entry), ensure_ascii=False) for entry in found) + "\n]\n"


def entry(module: str, declared: Declaration) -> Entry:
    """A declaration as data. ``module``: the one that declares it when it is loaded."""
    base: dict[str, Any] = {
        "module": module,
        "source": declared.source,
        "rules": declared.rules,
        "weight": declared.weight,
    }
    match declared:
        case Importer():
            return ImporterEntry(
                id=declared.id,
                reads=declared.reads,
                product=declared.product,
                languages=declared.languages,
                status=declared.status,
                facts_as_of=declared.facts_as_of,
                first=declared.first,
                **base,
            )
        case Skip():
            return SkipEntry(why=declared.why, **base)
        case Keep():
            dated, described = declared.when is not None, declared.about is not None
            return KeepEntry(kind=declared.kind, dated=dated, described=described, **base)


def _plain(entry: Entry) -> dict[str, Any]:
    """Without what is as usual, and with sets in a fixed order."""
    plain: dict[str, Any] = msgspec.to_builtins(entry, order="deterministic")
    plain["rules"] = [{name: value for name, value in rule.items() if value} for rule in plain["rules"]]
    return plain
