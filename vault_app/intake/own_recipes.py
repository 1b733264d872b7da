"""The person's own recipes: kept in the vault, used for the next table of the same columns, given and taken in.

A recipe that somebody else made is untrusted: bounded, checked against the schema, and written anew before it is kept,
so that nothing of it stays but what the schema knows (a comment could hold anything).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from importers.archive.parts import FolderPart
from importers.formats.telling import tells
from importers.recipes.recipe import LONGEST, Recipe, RecipeError, parse, write
from vault_app.intake.handles import HandleError, closing_parts
from vault_app.vault import kept_recipes
from vault_app.vault.kept_recipes import NAME, KeptRecipe, TooManyRecipes
from vault_app.vault.vault import Vault

ENDING = ".toml"


@dataclass(frozen=True)
class OwnRecipe:
    """A kept recipe. ``kept``: us since 1970. ``recipe`` None: this version of the application cannot use it."""

    id: int
    name: str
    kept: int
    text: str
    recipe: Recipe | None


def listed(vault: Vault) -> tuple[OwnRecipe, ...]:
    """All that the vault keeps, oldest first."""
    return tuple(OwnRecipe(row.id, row.name, row.kept, row.text, _parsed(row)) for row in kept_recipes.rows(vault))


def usable(vault: Vault) -> tuple[str, ...]:
    """The texts of those that can be used, newest first: of two that fit a table the newer one reads it."""
    return tuple(row.text for row in reversed(kept_recipes.rows(vault)) if _parsed(row) is not None)


def keep(vault: Vault, text: str, name: str = "") -> int:
    """Keep a recipe under a name (its source unless given); returns its number. Raises RecipeError."""
    recipe = parse(text)
    try:
        return kept_recipes.keep(vault, tidy(name) or recipe.source, write(recipe))
    except TooManyRecipes as error:
        raise RecipeError("recipes-full") from error


def rename(vault: Vault, number: int, name: str) -> None:
    """Call a recipe otherwise; an empty name changes nothing."""
    if tidy(name):
        kept_recipes.rename(vault, number, tidy(name))


def remove(vault: Vault, number: int) -> bool:
    """Forget a recipe; what was read with it stays. Returns whether there was one."""
    return kept_recipes.remove(vault, number)


def read_file(path: Path) -> str:
    """The text of a recipe that may come from somebody else, written anew. Raises RecipeError, HandleError."""
    with closing_parts([path]) as (part,):
        if isinstance(part, FolderPart):
            raise HandleError("not a regular file")
        data = part.stream.read(4 * LONGEST + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecipeError("recipe-too-long" if len(data) > 4 * LONGEST else "recipe-not-text") from error
    return write(parse(text))


def write_file(path: Path, text: str) -> None:
    """Write a recipe to a file. Raises OSError."""
    path.write_text(text, encoding="utf-8", newline="\n")


def file_name(name: str) -> str:
    """A name for the file of a recipe."""
    plain = "".join(char if char.isalnum() or char in " -_" else " " for char in name)
    return (" ".join(plain.split())[:NAME] or "recette") + ENDING


def telling(recipe: Recipe) -> tuple[str, ...]:
    """The words of a recipe that look like data, in their order: who shares it should look at them."""
    return tuple(dict.fromkeys(word for word in _words(recipe) if tells(word)))


def tidy(name: str) -> str:
    """A name as it is kept: one line, bounded."""
    return " ".join("".join(char if char.isprintable() else " " for char in name[: 4 * NAME]).split())[:NAME]


def _words(recipe: Recipe) -> Iterator[str]:
    """All words of a recipe that a person or a file chose."""
    mapping = recipe.mapping
    yield from (recipe.source.replace("-", " "), recipe.reads)
    yield from recipe.recognise.names
    yield from recipe.recognise.header
    yield from mapping.fields
    yield from (mapping.title, mapping.series, mapping.unit)


def _parsed(row: KeptRecipe) -> Recipe | None:
    try:
        return parse(row.text)
    except RecipeError:
        return None  # an older or newer version wrote it: it is listed as one that cannot be used
