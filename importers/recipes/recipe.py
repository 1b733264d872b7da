"""A recipe as text and as an object; the two say the same (``docs/recipes.md`` explains the format)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from importers.formats.dates import Layout
from importers.generic.header import Field, phrase
from importers.generic.mapping import ZONE, Makes, Mapping, Places
from importers.records import Kind

LONGEST = 64 << 10
"""Characters of the longest recipe."""

STARS = 4
"""Stars of a pattern of names behind ``**/``: with many of them one long name could take hours to compare."""

_SOURCE = r"^[a-z][a-z0-9-]{1,39}$"
_Short = Annotated[str, Meta(max_length=200)]
_Names = Annotated[list[_Short], Meta(max_length=200)]


class RecipeError(Exception):
    """A recipe cannot be used. ``reason``: id of a sentence; ``what``: the place in the recipe (``dates.layout``)."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{reason}: {what}" if what else reason)
        self.reason = reason
        self.what = what


class Format(StrEnum):
    """What kind of file a recipe reads."""

    CSV = "csv"
    JSON = "json"
    JSON_LINES = "json-lines"
    WORKBOOK = "workbook"


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Recognise(_Table, frozen=True):
    """Which files: ``header`` are columns (or JSON keys) that they have; ``names`` are patterns of file names."""

    format: Format
    header: _Names = []
    names: _Names = []


class _Rows(_Table, frozen=True):
    makes: Makes = Makes.ITEMS
    kind: Kind = Kind.OTHER


class _Dates(_Table, frozen=True):
    layout: Layout
    zone: _Short = ZONE


class _Numbers(_Table, frozen=True):
    decimal: Annotated[str, Meta(pattern=r"^[.,]$")] = "."
    places: Places = Places.DEGREES


class _Constants(_Table, frozen=True):
    currency: Annotated[str, Meta(max_length=16)] = ""
    unit: Annotated[str, Meta(max_length=100)] = ""
    series: Annotated[str, Meta(max_length=100)] = ""
    title: _Short = ""


class _Document(_Table, frozen=True):
    recipe: Annotated[int, Meta(ge=1, le=1)]
    source: Annotated[str, Meta(pattern=_SOURCE)]
    reads: _Short
    recognise: Recognise
    dates: _Dates
    columns: Annotated[dict[Annotated[str, Meta(min_length=1, max_length=500)], Field], Meta(max_length=200)]
    rows: _Rows = _Rows()
    numbers: _Numbers = _Numbers()
    constants: _Constants = _Constants()


class Recipe(msgspec.Struct, frozen=True):
    """``source``: the service, kebab-case. ``reads``: in a few words, what the file holds."""

    source: str
    reads: str
    recognise: Recognise
    mapping: Mapping


def parse(text: str) -> Recipe:
    """A recipe from its text. Raises RecipeError, which names the place that is wrong."""
    if len(text) > LONGEST:
        raise RecipeError("recipe-too-long")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError("recipe-not-toml", _where(str(error))) from error
    except (ValueError, RecursionError) as error:  # a number of ten thousand digits, brackets without end
        raise RecipeError("recipe-not-toml", "?") from error
    try:
        found = msgspec.convert(values, _Document)
    except msgspec.ValidationError as error:
        raise RecipeError("recipe-field", _field(str(error))) from error
    mapping = Mapping(
        fields=found.columns,
        layout=found.dates.layout,
        makes=found.rows.makes,
        kind=found.rows.kind,
        zone=found.dates.zone,
        decimal=found.numbers.decimal,
        places=found.numbers.places,
        currency=found.constants.currency,
        unit=found.constants.unit,
        series=found.constants.series,
        title=found.constants.title,
    )
    _check(found, mapping)
    return Recipe(found.source, found.reads, found.recognise, mapping)


def write(recipe: Recipe) -> str:
    """The text of a recipe; ``parse`` gives the same recipe back. What is as usual is left out."""
    mapping = recipe.mapping
    return "\n".join(
        (
            "recipe = 1",
            f"source = {_quoted(recipe.source)}",
            f"reads = {_quoted(recipe.reads)}",
            *_section("recognise", _without_empty(msgspec.to_builtins(recipe.recognise))),
            *_section("rows", {"makes": str(mapping.makes), "kind": str(mapping.kind)}),
            *_section("dates", {"layout": str(mapping.layout), "zone": mapping.zone}),
            *_section("numbers", {"decimal": mapping.decimal, "places": str(mapping.places)}),
            *_section("constants", _without_empty(_constants(mapping))),
            *_section("columns", {name: str(field) for name, field in mapping.fields.items()}),
            "",
        )
    )


def proposed(mapping: Mapping, kind: Format, columns: Iterable[str], name: str) -> Recipe:
    """The recipe for a file that a mapping was proposed for: other files with these columns are read alike.

    ``name``: of the file, from which the name of the source is made; a person may change it.
    """
    words = [word for word in phrase(name.rpartition(".")[0] or name).split() if not any(map(str.isdigit, word))]
    source = f"my-{'-'.join(words)[:30].strip('-') or 'table'}"
    header = [column for column in columns if len(column) <= 200][:50]
    if kind is Format.WORKBOOK:
        return Recipe(source, name[:200], Recognise(format=kind, names=[f"**/{_literal(name)}"[:200]]), mapping)
    return Recipe(source, name[:200], Recognise(format=kind, header=header), mapping)


def _check(found: _Document, mapping: Mapping) -> None:
    """What types cannot say. Raises RecipeError."""
    if mapping.column(Field.TIME) is None:
        raise RecipeError("recipe-no-time", "columns")
    for single in Field:
        if single is not Field.VALUE and len(mapping.columns(single)) > 1:
            raise RecipeError("recipe-twice", str(single))
    if mapping.makes is Makes.POSITIONS and not {Field.LAT, Field.LON} <= set(mapping.fields.values()):
        raise RecipeError("recipe-no-place", "columns")
    if mapping.makes is Makes.MEASUREMENTS and mapping.column(Field.VALUE) is None:
        raise RecipeError("recipe-no-value", "columns")
    if not found.recognise.header and not found.recognise.names:
        raise RecipeError("recipe-no-rule", "recognise")
    if any(name.removeprefix("**/").count("*") > STARS for name in found.recognise.names):
        raise RecipeError("recipe-pattern", "recognise.names")
    if found.recognise.format is Format.WORKBOOK and not found.recognise.names:
        raise RecipeError("recipe-no-rule", "recognise.names")
    try:
        ZoneInfo(mapping.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RecipeError("recipe-zone", "dates.zone") from error


def _where(message: str) -> str:
    found = re.search(r"line \d+", message)
    return found[0] if found else ""


def _field(message: str) -> str:
    """The place of a msgspec error (`$.dates.layout`), or the field that is missing or unknown."""
    place = re.search(r"`\$\.?([^`]*)`\Z", message)
    name = re.search(r"field `([^`]*)`", message)
    return ".".join(part for part in (place[1] if place else "", name[1] if name else "") if part)[:200]


def _constants(mapping: Mapping) -> dict[str, str]:
    return {
        "currency": mapping.currency,
        "unit": mapping.unit,
        "series": mapping.series,
        "title": mapping.title,
    }


def _section(name: str, values: Table[str, Any]) -> Iterator[str]:
    if values:
        yield f"\n[{name}]"
    for key, value in values.items():
        plain = re.fullmatch(r"[A-Za-z0-9_-]+", key)
        shown = "[" + ", ".join(map(_quoted, value)) + "]" if isinstance(value, list) else _quoted(value)
        yield f"{key if plain else _quoted(key)} = {shown}"


def _without_empty(values: Table[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are a part of TOML's, which asks for one more."""
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _literal(name: str) -> str:
    """A file name as a pattern of itself."""
    return re.sub(r"[*?]", "?", name)
