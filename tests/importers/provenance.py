"""What the samples are known to hold, beside what the importers give: ``python -m tests.importers.provenance`` prints it.

The table (``provenance.toml``) has a row for each archive among the samples. ``stated`` are the numbers that the page of
provenance gives, each with how it is counted here; ``members`` to ``notices`` are what the importers give today.
How is one of ``key:<first part of the identity>``, ``kind:<kind>``, ``series:<name>``, ``sum:<series>`` (of its values),
``member:<end of a path>`` (facts of that file), ``parties``.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.importing import SAMPLES, Run, run

TABLE = Path(__file__).with_name("provenance.toml")
PAGES = "PROVENANCE-"
"""Files that say where samples come from, and are none."""


@dataclass(frozen=True)
class Stated:
    """A number of the page of provenance: ``how`` it is counted, ``number``, and ``why`` the importers give another."""

    how: str
    number: int
    got: int
    why: str


@dataclass(frozen=True)
class Row:
    """An archive among the samples. ``says``: what the page says of it in words, '' where it states no number."""

    path: str
    says: str
    stated: tuple[Stated, ...]
    counts: Mapping[str, Any]


@cache
def rows() -> tuple[Row, ...]:
    """The whole table."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["sample"]
    return tuple(_row(entry) for entry in table)


@cache
def read(path: str) -> Run:
    """A sample, read."""
    return run(SAMPLES / path)


def counts(found: Run) -> dict[str, Any]:
    """What was read, in numbers: members by outcome, different items by kind, samples by series, parties, notices."""
    notices = Counter(notice.reason for _, notice in (*found.notices, *found.about_archive))
    parties = len({party.key for party in found.parties})
    every = {
        "members": found.outcomes,
        "items": found.kinds,
        "series": found.series(),
        "parties": parties,
        "notices": dict(notices),
    }
    return {name: value for name, value in every.items() if value}


def counted(found: Run, how: str) -> int:
    """One number, counted as the table says."""
    sort, _, name = how.partition(":")
    match sort:
        case "key":
            return len({(item.kind, item.key) for item in found.items if item.key[0] == name})
        case "kind":
            return found.kinds.get(name, 0)
        case "series":
            return found.series().get(name, 0)
        case "sum":
            values = (one.value for one in found.samples if one.series == name and one.value is not None)
            return int(sum(Decimal(text) for value in values for text in value.texts() if text))
        case "member":
            return sum(ended.records for path, ended in found.ended.items() if path.endswith(name))
        case "parties":
            return len({party.key for party in found.parties})
    raise ValueError(how)


def files() -> list[str]:
    """Every file of the samples, but for the pages that say where they come from."""
    found = (path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.startswith(PAGES))


def without_a_row(paths: list[str]) -> list[str]:
    """Files that belong to no row of the table."""
    known = {row.path for row in rows()}
    return [path for path in paths if not {path, *_above(path)} & known]


def _above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _row(entry: Mapping[str, Any]) -> Row:
    stated = tuple(
        Stated(one["how"], one["number"], one.get("got", one["number"]), one.get("why", ""))
        for one in entry.get("stated", ())
    )
    shown = {name: value for name, value in entry.items() if name not in {"path", "says", "stated"}}
    return Row(entry["path"], entry.get("says", ""), stated, shown)


def _line(row: Row) -> str:
    found = read(row.path)
    stated = "; ".join(f"{one.how} {one.number}" for one in row.stated) or row.says or "no number"
    given = "; ".join(str(counted(found, one.how)) for one in row.stated)
    got = "; ".join(f"{name} {value}" for name, value in counts(found).items())
    why = "; ".join(one.why for one in row.stated if one.why)
    return f"| {row.path} | {stated} | {given} | {got} | {why} |".replace("\n", " ")


def main() -> None:
    """Print the table as Markdown."""
    sys.stdout.write(
        "| sample | stated by its provenance | counted the same way | everything that was read | deviation |\n"
    )
    sys.stdout.write("|---|---|---|---|---|\n")
    for row in rows():
        sys.stdout.write(_line(row) + "\n")


if __name__ == "__main__":
    main()
