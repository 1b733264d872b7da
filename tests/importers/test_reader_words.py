"""Every importer of this project says in French and English what it reads: the plan of an import shows it."""

from __future__ import annotations

from pathlib import Path

from importers.contract import Declaration, Importer
from importers.recipes import recipe
from importers.registry import declarations
from vault_app import words


def own() -> list[Declaration]:
    """What the modules of this project declare; recipes bring words of their own."""
    recipes = {path.stem.replace("_", "-") for path in Path(recipe.__file__).parent.glob("*.toml")}
    return [one for one in declarations() if one.source not in recipes]


def test_every_importer_has_words_in_both_languages_and_no_words_are_left_over() -> None:
    said = words.sentences("readers")
    assert {one.id for one in own() if isinstance(one, Importer)} == said.keys()
    assert all(said[name][tongue].strip() for name in said for tongue in words.LANGUAGES)


def test_every_source_has_a_name_in_both_languages() -> None:
    named = words.sentences("sources")
    assert not {one.source for one in own()} - named.keys() - {"macos"}
    assert all(named[name][tongue].strip() for name in named for tongue in words.LANGUAGES)
