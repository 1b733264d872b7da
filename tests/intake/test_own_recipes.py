"""Recipes kept: used for the next table of the same columns, and never for a table of a service; taken in with care."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.archive.view import open_archive
from importers.formats.telling import tells
from importers.recipes.importing import kept_importers_of
from importers.recipes.proposal import proposals
from importers.recipes.recipe import LONGEST, RecipeError, parse
from importers.recognition import Rulebook
from importers.registry import declarations
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake import own_recipes
from vault_app.intake.handles import HandleError, closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault import kept_recipes
from vault_app.vault.vault import Vault
from vault_app.words import LANGUAGES, sentences

TABLE = "Jour;Objet vu;Prix\n12/03/2024;Héron;4,50\n13/03/2024;Buse;6,00\n28/03/2024;Milan;5,25\n"
NEXT = TABLE.replace("03/2024", "05/2024")
NETFLIX = "Title,Date\nFilm,12/03/2024\nAutre,13/03/2024\n"
ANY_DATE = """
# my phone is 06 12 34 56 78
recipe = 1
source = "jour"
reads = "days"
[recognise]
format = "csv"
header = ["Date"]
[dates]
layout = "day-first"
[columns]
Date = "time"
"""


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    made = Vault.create(tmp_path_factory.mktemp("v") / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


@pytest.fixture
def vault(kept_open: Vault) -> Iterator[Vault]:
    yield kept_open
    for row in kept_recipes.rows(kept_open):
        kept_recipes.remove(kept_open, row.id)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def proposal(path: Path) -> str:
    """The recipe that is proposed for a table."""
    with closing_parts([path]) as parts:
        (member,) = open_archive(parts).members
        return next(proposals(member, "generic.csv")).recipe


def source_of(vault: Vault, path: Path) -> str:
    """The source of what reads a file, with the recipes that the vault keeps."""
    rulebook = Rulebook((*declarations(), *kept_importers_of(own_recipes.usable(vault))))
    with closing_parts([path]) as parts:
        found = rulebook.match(open_archive(parts).members[0])
    assert found is not None
    return found[0].source


def test_a_kept_recipe_reads_the_next_file_of_the_same_columns(vault: Vault, tmp_path: Path) -> None:
    recipe = proposal(written(tmp_path / "mars.csv", TABLE))
    own_recipes.keep(vault, recipe.replace("my-mars", "oiseaux"), "Mes oiseaux")
    path = written(tmp_path / "tout autre nom.csv", NEXT)
    with closing_parts([path]) as parts:
        plan = recognise(parts, (), own_recipes.usable(vault))
        account = run_import(vault, plan)
    assert (plan.source, plan.tables, plan.by_kept) == ("oiseaux", (), True)
    assert (account.source, account.items) == ("oiseaux", {"transaction": 3})


def test_a_file_of_other_columns_is_not_read_with_it_and_a_removed_one_reads_nothing(
    vault: Vault, tmp_path: Path
) -> None:
    path = written(tmp_path / "mars.csv", TABLE)
    number = own_recipes.keep(vault, proposal(path))
    assert source_of(vault, path) == "my-mars"
    assert source_of(vault, written(tmp_path / "autre.csv", TABLE.replace("Objet vu", "Objet perdu"))) == "generic"
    own_recipes.rename(vault, number, "  Oiseaux\n d'ici ")
    assert [one.name for one in own_recipes.listed(vault)] == ["Oiseaux d'ici"]
    assert own_recipes.remove(vault, number)
    assert source_of(vault, path) == "generic"


def test_of_two_recipes_for_one_table_the_newer_one_reads_it(vault: Vault, tmp_path: Path) -> None:
    path = written(tmp_path / "mars.csv", TABLE)
    own_recipes.keep(vault, proposal(path).replace("my-mars", "ancienne"))
    own_recipes.keep(vault, proposal(path).replace("my-mars", "nouvelle"))
    assert source_of(vault, path) == "nouvelle"


def test_a_greedy_recipe_takes_no_table_of_a_service(vault: Vault, tmp_path: Path) -> None:
    own_recipes.keep(vault, ANY_DATE)
    assert source_of(vault, written(tmp_path / "NetflixViewingHistory.csv", NETFLIX)) == "netflix"
    assert source_of(vault, written(tmp_path / "notes.csv", "Date;Humeur\n12/03/2024;3\n13/03/2024;4\n")) == "jour"


def test_a_recipe_that_this_version_cannot_use_is_listed_and_harms_no_import(vault: Vault, tmp_path: Path) -> None:
    kept_recipes.keep(vault, "d'une autre version", 'recipe = 2\nsource = "x"\n')
    assert own_recipes.usable(vault) == ()
    (row,) = own_recipes.listed(vault)
    assert row.recipe is None
    assert source_of(vault, written(tmp_path / "mars.csv", TABLE)) == "generic"


def test_a_recipe_goes_to_a_file_and_comes_back_without_what_the_schema_does_not_know(
    vault: Vault, tmp_path: Path
) -> None:
    text = own_recipes.read_file(written(tmp_path / "autre.toml", ANY_DATE))
    assert "06 12" not in text
    own_recipes.keep(vault, text)
    (row,) = own_recipes.listed(vault)
    own_recipes.write_file(tmp_path / own_recipes.file_name(row.name), row.text)
    assert own_recipes.read_file(tmp_path / "jour.toml") == row.text
    assert own_recipes.file_name("../a:b?") == "a b.toml"
    assert own_recipes.file_name("...") == "recette.toml"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\xff\xff", "recipe-not-text"),
        (b"x" * (LONGEST + 1), "recipe-too-long"),
        (b"x" * (5 * LONGEST), "recipe-too-long"),
        ("é".encode() * (3 * LONGEST), "recipe-too-long"),
        (b"x = " + b"[" * 30_000, "recipe-not-toml"),
        (b"x = " + b"9" * 30_000, "recipe-not-toml"),
        (b"{}", "recipe-not-toml"),
        (b"recipe = 1", "recipe-field"),
        (ANY_DATE.replace('["Date"]', '["Date"]\nnames = ["**/*a*a*a*a*a*a*a*b.csv"]').encode(), "recipe-pattern"),
        (ANY_DATE.replace("recipe = 1", "recipe = 1\nrun = 'x'").encode(), "recipe-field"),
    ],
)
def test_a_file_that_is_no_recipe_is_refused_with_a_sentence(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    with pytest.raises(RecipeError) as refused:
        own_recipes.read_file(path)
    assert refused.value.reason == reason
    assert all(sentences("errors")[reason][tongue] for tongue in LANGUAGES)


def test_a_folder_a_link_and_a_pipe_are_no_recipes(tmp_path: Path) -> None:
    written(tmp_path / "r.toml", ANY_DATE)
    (tmp_path / "link.toml").symlink_to(tmp_path / "r.toml")
    pipes = ["pipe.toml"] if hasattr(os, "mkfifo") else []
    for name in pipes:
        os.mkfifo(tmp_path / name)
    for name in (".", "link.toml", *pipes, "none.toml"):
        with pytest.raises(HandleError):
            own_recipes.read_file(tmp_path / name)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | st.just(ANY_DATE.encode()))
def test_whatever_a_file_holds_it_is_a_recipe_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    try:
        parse(own_recipes.read_file(path))
    except RecipeError as refused:
        assert refused.reason in sentences("errors")


@pytest.mark.parametrize(
    "name",
    [
        "zoe@exemple.org",
        "https://exemple.org/moi",
        "06 12 34 56 78",
        "+33612345678",
        "12/03/2024",
        "2024-03-12",
        "FR76 3000 1000 0100 0000 0000 123",
        "12 bis, rue des Lilas",
        "4 Old Mill Road",
        "1234",
        "-12,50 €",
        "550e8400-e29b-41d4-a716-446655440000",
        "9f86d081884c7d65",
    ],
)
def test_a_column_that_is_called_like_a_value_is_told(name: str) -> None:
    assert tells(name)
    recipe = parse(ANY_DATE + f'"{name}" = "title"\n')
    assert own_recipes.telling(recipe) == (name,)


@pytest.mark.parametrize(
    "name",
    ["Date", "Énergie (kWh)", "Prix payé", "time_ms", "Valeur 2", "CO2", "address", "E-mail", "pm2.5", "Route", "v1.2"],
)
def test_an_ordinary_column_is_not(name: str) -> None:
    assert not tells(name)
