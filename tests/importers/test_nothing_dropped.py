"""Nothing is dropped: each value of each invented sample matters to what its importer makes of it.

One value after the other is given another content and the file read again. When nothing in the records changes (their
identity does not count: the vault keeps a digest of it only), the value was dropped. What is left out on purpose stands
in ``left_out.toml``, each with its reason.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from msgspec import structs

from importers.contract import Importer, Member
from importers.formats.sniff import Facts
from importers.records import Item, Notice, Record, Samples, singly
from importers.registry import declarations
from tests.importers.archives import NAMES, Files, files, readers, view
from tests.importers.changes import changes, other_value
from tests.importers.databases import cells, with_cell
from tests.importers.values import Value, texts
from tests.importing import plain_record

MOST = 300
"""Values of one file that are asked for."""

LEFT_OUT = Path(__file__).with_name("left_out.toml")
NOT_IN_WORDS = {"fit.files": "numbers of bytes with a checksum; tests/fit holds a real file against its table"}
"""Readers of files in which no single value can be changed, and where they are proven."""


@cache
def left_out() -> dict[str, dict[str, list[str]]]:
    """By archive and member: values that its importer leaves out on purpose."""
    table = tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))["member"]
    assert all(len(entry["why"]) > 20 for entry in table)
    found: dict[str, dict[str, list[str]]] = {}
    for entry in table:
        values = found.setdefault(entry["archive"], {}).setdefault(entry["path"], [])
        values += entry["values"]
        values.sort()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_an_invented_archive_matters(name: str) -> None:
    assert dropped_of(name) == left_out().get(name, {})


def test_what_is_left_out_is_left_out_of_archives_that_there_are() -> None:
    assert set(left_out()) <= set(NAMES)
    assert all(path in readers(name) for name, paths in left_out().items() for path in paths)


def test_a_value_that_is_dropped_is_found() -> None:
    """This test itself: an importer that forgets a column is caught."""
    name, path = "imdb/ratings.csv", "ratings.csv"
    importer = readers(name)[path]

    def forgetful(member: Member) -> Iterator[Record]:
        for record in singly(importer.read(member)):
            if isinstance(record, Item) and isinstance(record.details, Mapping):
                kept = {name: value for name, value in record.details.items() if name != "Directors"}
                yield structs.replace(record, details=kept)

    careless = Importer("imdb.careless", "imdb", "ratings", importer.rules, forgetful)
    assert dropped(files(name), path, careless, {path: careless}) == ["Une Telle,Un Tel"]


def test_every_reader_has_values_to_be_asked_for() -> None:
    asked = {
        importer.id
        for name in NAMES
        for path, importer in readers(name).items()
        if any(variants for _, variants in _variants(path, files(name)[path], importer))
    }
    every = {one.id for one in declarations() if isinstance(one, Importer)}
    assert every - asked == set(NOT_IN_WORDS)


def dropped_of(name: str) -> dict[str, list[str]]:
    """Of each member of an archive the values that are dropped, sorted."""
    found = {path: dropped(files(name), path, importer, readers(name)) for path, importer in readers(name).items()}
    return {path: sorted(values) for path, values in found.items() if values}


def dropped(held: Files, path: str, importer: Importer, others: Mapping[str, Importer]) -> list[str]:
    """Values of a member that make no difference: neither to what its own importer yields, nor to the others."""
    before = _told(held, {path: importer})
    return [
        text
        for text, variants in _variants(path, held[path], importer)
        if not _matters(held, path, variants, {path: importer}, before) and not _matters(held, path, variants, others)
    ]


def _matters(
    held: Files, path: str, variants: list[bytes], asked: Mapping[str, Importer], before: list[str] | None = None
) -> bool:
    before = _told(held, asked) if before is None else before
    return any(_told({**held, path: data}, asked) != before for data in variants)


def _told(held: Files, asked: Mapping[str, Importer]) -> list[str]:
    """All records of some members, without their identity; notices are none."""
    members = {member.path: member for member in view(held).members}
    order = sorted(asked, key=lambda path: asked[path].first)
    records = (record for path in order for record in singly(asked[path].read(members[path])))
    return [_line(record) for record in records if not isinstance(record, Notice)]


def _line(record: Record) -> str:
    shown = {name: value for name, value in plain_record(record).items() if name != "key"}
    kept = () if isinstance(record, Samples | Notice) else record.files
    digests = [hashlib.sha256(b"".join(file.pieces())).hexdigest() for file in kept]
    return json.dumps([shown, digests], sort_keys=True, default=str)


def _variants(path: str, data: bytes, importer: Importer) -> Iterator[tuple[str, list[bytes]]]:
    """Every value of a file, with the file as it is when that value is another."""
    shape = Facts(data[: 1 << 16]).shape
    if shape == "sqlite":
        yield from _of_database(data)
        return
    found = texts(path, data)
    if not found and shape not in {"fit", "empty"}:
        yield "the file itself", [data + b"x"]
    for text in found:
        for value in _some(path, list(text.values(importer))):
            yield _legible(value.text), [text.with_change(value, other) for other in changes(value.text)]


def _some(path: str, values: list[Value]) -> list[Value]:
    """All values; of a very long file some, always the same ones."""
    return values if len(values) <= MOST else random.Random(path).sample(values, MOST)


def _of_database(data: bytes) -> Iterator[tuple[str, list[bytes]]]:
    for cell in cells(data):
        variants = []
        for other in other_value(cell.value):
            with suppress(sqlite3.IntegrityError):  # the table allows no such value there
                variants.append(with_cell(data, cell, other))
        yield f"{cell.table}.{cell.column}: {cell.value!r}", variants


def _legible(text: str) -> str:
    """A value as it is written in a file of left out ones: most texts are UTF-8."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
