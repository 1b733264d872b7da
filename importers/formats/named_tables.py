"""Archives of many flat tables: which one a file is, by its header or else by its name, and what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from importers.contract import Member, Rule
from importers.formats import sniff
from importers.formats.few_notices import few_notices
from importers.formats.named_fields import Shape, row_facts
from importers.records import Record

_NUMBER = re.compile(r"_\d+\Z")
_FOLDED = re.compile(r"[\s_-]+")


@dataclass(frozen=True)
class Table:
    """``names``: of the file, without ending. ``header``: columns that it has. ``telling``: whether these tell the
    file wherever it lies; else it is known by its name beside other files of the service. ``listed``: whether the
    table's name is part of the identity, for several tables with one shape."""

    names: tuple[str, ...]
    header: tuple[str, ...]
    shape: Shape
    telling: bool = True
    listed: bool = False


def rules(tables: tuple[Table, ...], beside: tuple[str, ...]) -> tuple[Rule, ...]:
    """The recognition rules of these tables. ``beside``: neighbours that tell an archive of the service."""
    return tuple(
        Rule(
            members=tuple(f"**/{pattern}" for name in table.names for pattern in _patterns(name)),
            header=frozenset(table.header),
            named=not table.telling,
            beside=() if table.telling else beside,
        )
        for table in tables
    )


def table_of(member: Member, tables: tuple[Table, ...]) -> Table:
    """Which of these tables a member is: by its name, else by its header."""
    with member.open() as stream:
        rows = sniff.Facts(stream.read(sniff.HEAD)).rows
    fitting = [table for table in tables if any({sniff.plain(name) for name in table.header} <= row for row in rows)]
    stem = folded(member)
    return next((table for table in fitting if stem in map(_fold, table.names)), (fitting or list(tables))[0])


def records(member: Member, tables: tuple[Table, ...]) -> Iterator[Record]:
    """A fact for each row of a member that is one of these tables."""
    table = table_of(member, tables)
    if not table.listed:
        yield from few_notices(row_facts(member, table.shape, table.header))
        return
    name = folded(member)
    shape = replace(table.shape, what=f"{table.shape.what} {name}")
    yield from few_notices(row_facts(member, shape, table.header, {"table": name}))


def folded(member: Member) -> str:
    """The name of a file without ending, number, spaces and underscores: what the table is called in every year."""
    return _fold(_NUMBER.sub("", member.path.rpartition("/")[2].rpartition(".")[0]))


def _fold(name: str) -> str:
    return _FOLDED.sub("", name).casefold()


def _patterns(name: str) -> tuple[str, ...]:
    spelled = {name, name.replace(" ", "_"), name.replace("_", " ")}
    return tuple(sorted(f"{one}{end}.csv" for one in spelled for end in ("", "_*")))
