"""Recipes that a person keeps in the vault, for the next table of the same columns. Texts here; what they mean is known
above (``vault_app.intake.own_recipes``)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from vault_app.vault.driver import transaction
from vault_app.vault.vault import Vault

MOST: Final = 100
"""Recipes that a vault keeps."""

ROOM: Final = 2 << 20
"""Bytes of all their texts together: they travel to the reading process in one order."""

NAME: Final = 80
"""Characters of a name."""


class TooManyRecipes(Exception):
    """There is no room for one more; one has to go first."""


@dataclass(frozen=True)
class KeptRecipe:
    """One recipe. ``kept``: when, us since 1970. ``text``: TOML, as it was accepted."""

    id: int
    name: str
    kept: int
    text: str


def rows(vault: Vault) -> tuple[KeptRecipe, ...]:
    """All of them, oldest first."""
    found = vault.read().execute("SELECT id, name, kept, text FROM recipe ORDER BY id")
    return tuple(KeptRecipe(*row) for row in found)


def keep(vault: Vault, name: str, text: str) -> int:
    """Keep a recipe; returns its number. A text that is kept already stays as it is, and its number is returned.

    Raises TooManyRecipes.
    """
    there = rows(vault)
    for row in there:
        if row.text == text:
            return row.id
    if len(there) >= MOST or sum(len(row.text.encode()) for row in there) + len(text.encode()) > ROOM:
        raise TooManyRecipes
    vault.changing()
    connection = vault.inside.connection
    with transaction(connection):
        cursor = connection.execute(
            "INSERT INTO recipe (name, kept, text) VALUES (?, ?, ?)", (name[:NAME], time.time_ns() // 1000, text)
        )
    assert cursor.lastrowid is not None, "a row was inserted"
    return cursor.lastrowid


def rename(vault: Vault, number: int, name: str) -> None:
    """Call a recipe otherwise; nothing happens when it has gone."""
    vault.changing()
    with transaction(vault.inside.connection):
        vault.inside.connection.execute("UPDATE recipe SET name = ? WHERE id = ?", (name[:NAME], number))


def remove(vault: Vault, number: int) -> bool:
    """Forget a recipe; returns whether there was one. What was read with it stays."""
    vault.changing()
    with transaction(vault.inside.connection):
        gone = vault.inside.connection.execute("DELETE FROM recipe WHERE id = ?", (number,)).rowcount
    return bool(gone)
