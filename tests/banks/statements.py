"""Invented files of banks, and what is asked of a run over one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "banks"
FILES = sorted(path for path in FIXTURES.rglob("*") if path.is_file() and ".golden." not in path.name)


def name(path: Path) -> str:
    """A fixture as its test is called."""
    return f"{path.parent.name}/{path.name}"


def golden(path: Path) -> Path:
    """The expected records of a fixture."""
    return path.with_name(path.name + ".golden.jsonl")


def read(path: str) -> Run:
    """A run over one fixture."""
    return run(FIXTURES / path)


def of(found: Run, kind: Kind) -> list[Item]:
    """The items of one kind, in order."""
    return [item for item in found.items if item.kind is kind]


def movements(found: Run) -> list[tuple[str, str]]:
    """Day and amount of each transaction."""
    return [(day(item), item.amount) for item in of(found, Kind.TRANSACTION)]


def day(item: Item) -> str:
    """The day of an item, UTC; '' without one."""
    return "" if item.when is None else datetime.fromtimestamp(item.when.us // 1_000_000, UTC).strftime("%Y-%m-%d")


def balances(found: Run) -> list[tuple[str, str | None, str]]:
    """Account, amount and currency of each balance."""
    return [(one.subject, one.value.text(0) if one.value else None, one.unit) for one in found.samples]


def shown(found: Run) -> str:
    """All texts that the records hold, to look for one in."""
    return "\n".join(text for line in found.lines() for text in _texts(json.loads(line)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [str(value)]


def keys(found: Run) -> set[tuple[Kind, tuple[object, ...]]]:
    """The identities of all items."""
    return {(item.kind, item.key) for item in found.items}
