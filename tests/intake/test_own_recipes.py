"""Recipes kept: used for the next table of the same columns, and never for a table of a service; taken in with care."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.telling import tells
from importers.recipes.recipe import LONGEST, RecipeError, parse
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake import own_recipes
from vault_app.intake.handles import HandleError, closing_parts
from vault_app.intake.plan import Plan, recognise
from vault_app.intake.session import run_import
from vault_app.vault import kept_recipes
from vault_app.vault.imports import Account
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


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


def plan_of(vault: Vault, path: Path) -> Plan:
    with closing_parts([path]) as parts:
        return recognise(parts, (), own_recipes.usable(vault))


def imported(vault: Vault, path: Path) -> Account:
    with closing_parts([path]) as parts:
        return run_import(vault, recognise(parts, (), own_recipes.usable(vault)))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_kept_recipe_reads_the_next_file_of_the_same_columns(vault: Vault, tmp_path: Path) -> None:
    first = written(tmp_path / "mars.csv", TABLE)
    (table,) = plan_of(vault, first).tables
    own_recipes.keep(vault, table.recipe.replace("my-mars", "oiseaux"), "Mes oiseaux")
    plan = plan_of(vault, written(tmp_path / "tout autre nom.csv", NEXT))
    assert (plan.source, plan.tables) == ("oiseaux", ())
    account = imported(vault, tmp_path / "tout autre nom.csv")
    assert (account.source, account.items) == ("oiseaux", {"transaction": 3})


def test_a_file_of_other_columns_is_not_read_with_it(vault: Vault, tmp_path: Path) -> None:
    (table,) = plan_of(vault, written(tmp_path / "mars.csv", TABLE)).tables
    own_recipes.keep(vault, table.recipe)
    other = written(tmp_path / "autre.csv", TABLE.replace("Objet vu", "Objet perdu"))
    assert plan_of(vault, other).source == "generic"


def test_a_removed_recipe_is_not_used_any_more(vault: Vault, tmp_path: Path) -> None:
    path = written(tmp_path / "mars.csv", TABLE)
    (table,) = plan_of(vault, path).tables
    number = own_recipes.keep(vault, table.recipe)
    assert plan_of(vault, path).source == "my-mars"
    own_recipes.rename(vault, number, "  Oiseaux\n d'ici ")
    assert [one.name for one in own_recipes.listed(vault)] == ["Oiseaux d'ici"]
    assert own_recipes.remove(vault, number)
    assert plan_of(vault, path).source == "generic"


def test_of_two_recipes_for_one_table_the_newer_one_reads_it(vault: Vault, tmp_path: Path) -> None:
    path = written(tmp_path / "mars.csv", TABLE)
    (table,) = plan_of(vault, path).tables
    own_recipes.keep(vault, table.recipe.replace("my-mars", "ancienne"))
    own_recipes.keep(vault, table.recipe.replace("my-mars", "nouvelle"))
    assert plan_of(vault, path).source == "nouvelle"


def test_a_greedy_recipe_takes_no_table_of_a_service(vault: Vault, tmp_path: Path) -> None:
    own_recipes.keep(vault, ANY_DATE)
    assert plan_of(vault, written(tmp_path / "NetflixViewingHistory.csv", NETFLIX)).source == "netflix"
    assert plan_of(vault, written(tmp_path / "notes.csv", "Date;Humeur\n12/03/2024;3\n13/03/2024;4\n")).source == "jour"


def test_a_recipe_that_this_version_cannot_use_is_listed_and_harms_no_import(vault: Vault, tmp_path: Path) -> None:
    kept_recipes.keep(vault, "d'une autre version", 'recipe = 2\nsource = "x"\n')
    assert own_recipes.usable(vault) == ()
    (row,) = own_recipes.listed(vault)
    assert row.recipe is None
    assert imported(vault, written(tmp_path / "mars.csv", TABLE)).new == 3


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
    os.mkfifo(tmp_path / "pipe.toml")
    for name in (".", "link.toml", "pipe.toml", "none.toml"):
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
