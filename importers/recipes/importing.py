"""A recipe becomes an importer like any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from importers.contract import Importer, Member, Rule
from importers.generic import rows, sheets
from importers.generic.header import Field
from importers.generic.survey import survey
from importers.recipes.recipe import Format, Recipe, parse
from importers.records import Notice, Record

_SHEETS: dict[Format, Callable[[Member], tuple[sheets.Sheet, ...]]] = {
    Format.CSV: sheets.csv_sheets,
    Format.JSON: sheets.json_sheets,
    Format.JSON_LINES: sheets.json_lines_sheets,
    Format.WORKBOOK: sheets.workbook_sheets,
}
_SHAPES = {Format.JSON: ("json-array", "json-object"), Format.JSON_LINES: ("json-lines",), Format.WORKBOOK: ("xlsx",)}


def importers_of(texts: Iterable[str]) -> tuple[Importer, ...]:
    """The importers that recipes describe. Raises RecipeError for the first one that cannot be used."""
    return tuple(importer_of(parse(text)) for text in texts)


def kept_importers_of(texts: Iterable[str]) -> tuple[Importer, ...]:
    """The importers of recipes that are kept for any archive, perhaps from another person.

    They are asked when nothing of an archive is of a known service, and before what is done with unknown tables: a
    recipe of one column takes no table of a service from its reader. Raises RecipeError.
    """
    return tuple(
        replace(made, rules=tuple(replace(rule, strange=True) for rule in made.rules)) for made in importers_of(texts)
    )


def importer_of(recipe: Recipe, status: str = "beta") -> Importer:
    """The importer that a recipe describes."""
    name = re.sub(r"[^a-z0-9]+", "_", recipe.reads.lower()).strip("_")[:60] or "table"
    return Importer(
        id=f"{recipe.source}.{name}",
        source=recipe.source,
        reads=recipe.reads,
        rules=tuple(_rules(recipe)),
        read=partial(_read, recipe),
        status=status,
    )


def _rules(recipe: Recipe) -> Iterator[Rule]:
    wanted, names = recipe.recognise.header, tuple(recipe.recognise.names)
    if recipe.recognise.format is Format.CSV:
        yield Rule(members=names, header=frozenset(wanted), named=not wanted)
        return
    keys = frozenset(part for name in wanted for part in name.split("."))
    for shape in _SHAPES[recipe.recognise.format]:
        yield Rule(members=names, shape=shape, keys=keys, named=not wanted)


def _read(recipe: Recipe, member: Member) -> Iterator[Record]:
    mapping = recipe.mapping
    time = mapping.column(Field.TIME)
    for sheet in _SHEETS[recipe.recognise.format](member):
        found = survey(sheet)
        if time in found.columns:
            yield from rows.records(sheet, found, mapping)
        else:
            yield Notice("recipe-column-missing", what=time or "")
            yield from rows.undated(sheet, found)
