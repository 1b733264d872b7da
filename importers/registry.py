"""All importers: those of this project, those that other packages declare, and recipes.

Those of this project are known from ``importers.index``; the code of one is loaded when it is first asked to read, or
before (``load``) where nothing can be loaded later.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache, partial
from importlib.metadata import entry_points

import importers
from importers import index
from importers.archive.errors import RefusedArchive
from importers.contract import DECLARED, Declaration, Importer, Keep, Member, Skip
from importers.index import Entry, ImporterEntry, KeepEntry, SkipEntry
from importers.records import Item, Moment, Record

ENTRY_POINTS = "self_data_vault.importers"
"""Other packages name a module under this group; loading it declares its importers."""

_GROUND = {
    "archive",
    "batches",
    "columns",
    "contract",
    "drift",
    "formats",
    "index",
    "neighbour_files",
    "reading",
    "recognition",
    "records",
    "registry",
    "whole",
}


@cache
def declarations() -> tuple[Declaration, ...]:
    """All declarations in a fixed order, those of other packages last. Loads the code of other packages only."""
    own = tuple(_declaration(entry) for entry in index.read())
    points = sorted(entry_points(group=ENTRY_POINTS), key=lambda found: found.name)
    if not points:
        return own
    for point in points:
        point.load()
    known = frozenset(own)
    return (*own, *(one for one in DECLARED if one not in known))


@cache
def modules() -> frozenset[str]:
    """The modules that hold functions of declarations, as named in ``Importer.module`` and ``Keep.module``."""
    return frozenset(one.module for one in declarations() if not isinstance(one, Skip) and one.module)


def load(names: Iterable[str]) -> None:
    """Load modules while that can be done. Raises ValueError for a name that is not one of ``modules``."""
    for name in names:
        if name not in modules():
            raise ValueError("no module of importers")
        importlib.import_module(name)


def entries() -> Iterator[Entry]:
    """Load every importer module of this project, and say what each declares: the content of the index.

    To be called once, in a process that has loaded none before. Raises ImportError when a module cannot be loaded.
    """
    for found in sorted(pkgutil.iter_modules(importers.__path__), key=lambda found: found.name):
        if found.name not in _GROUND:
            yield from _entries(f"{importers.__name__}.{found.name}")


def _entries(name: str) -> Iterator[Entry]:
    before = len(DECLARED)
    package = importlib.import_module(name)
    yield from (index.entry(name, declared) for declared in DECLARED[before:])
    for found in sorted(pkgutil.iter_modules(getattr(package, "__path__", ())), key=lambda found: found.name):
        yield from _entries(f"{name}.{found.name}")


def _declaration(entry: Entry) -> Declaration:
    match entry:
        case ImporterEntry():
            return Importer(
                entry.id,
                entry.source,
                entry.reads,
                entry.rules,
                partial(_read, entry),
                entry.product,
                entry.languages,
                entry.status,
                entry.facts_as_of,
                entry.weight,
                entry.first,
                entry.module,
            )
        case SkipEntry():
            return Skip(entry.source, entry.rules, entry.why, entry.weight)
        case KeepEntry():
            module = entry.module if entry.dated or entry.described else ""
            when = partial(_when, entry) if entry.dated else None
            about = partial(_about, entry) if entry.described else None
            return Keep(entry.source, entry.rules, entry.kind, entry.weight, when, about, module)


def _read(entry: Entry, member: Member) -> Iterator[Record]:
    declared = _loaded(entry)
    assert isinstance(declared, Importer)
    return declared.read(member)


def _when(entry: Entry, member: Member) -> Moment | None:
    declared = _loaded(entry)
    assert isinstance(declared, Keep)
    assert declared.when is not None
    return declared.when(member)


def _about(entry: Entry, member: Member, item: Item) -> Item:
    declared = _loaded(entry)
    assert isinstance(declared, Keep)
    assert declared.about is not None
    return declared.about(member, item)


@cache
def _loaded(entry: Entry) -> Declaration:
    """What an entry stands for, with its functions.

    Raises RefusedArchive where nothing can be loaded any more: the reading process was told what to load by the one
    that recognised the archive, which was wrong. Raises LookupError when the index is not that of the code.
    """
    try:
        importlib.import_module(entry.module)
    except (ImportError, OSError) as error:
        raise RefusedArchive("reader-broke-rules", entry.module) from error
    wanted = _declaration(entry)
    for declared in DECLARED:
        if declared == wanted:
            return declared
    raise LookupError(f"{entry.module} has changed: python3 start.py index")


def main() -> None:
    """Write the index anew."""
    index.FILE.write_text(index.text(entries()), encoding="utf-8")


if __name__ == "__main__":
    main()
