"""Recipes: text and object say the same, mistakes are named, and a file is read as its recipe says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.archive.view import open_archive
from importers.contract import Importer
from importers.formats.dates import Layout
from importers.generic.header import Field
from importers.generic.mapping import Makes, Mapping, Places
from importers.reading import read
from importers.recipes.importing import importers_of
from importers.recipes.recipe import Format, Recipe, RecipeError, Recognise, parse, proposed, write
from importers.recognition import Rulebook
from importers.records import Item, Kind, Samples
from importers.registry import declarations
from tests.importing import check_golden, parts_of
from vault_app.words import sentences

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "recipes" / "pluie.csv"
SINGLE = [field for field in Field if field not in {Field.TIME, Field.VALUE}]

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
MAPPINGS = st.builds(
    lambda time, others, **more: Mapping(
        fields={name: field for field, name in others.items()} | {time: Field.TIME}, **more
    ),
    WORDS,
    st.dictionaries(st.sampled_from(SINGLE), WORDS),
    layout=st.sampled_from(Layout),
    kind=st.sampled_from(Kind),
    zone=st.sampled_from(["Europe/Paris", "UTC"]),
    decimal=st.sampled_from(",."),
    places=st.sampled_from(Places),
    title=WORDS,
)
RECIPES = st.builds(
    Recipe,
    st.from_regex(r"[a-z][a-z0-9-]{1,39}", fullmatch=True),
    WORDS,
    st.builds(Recognise, format=st.just(Format.CSV), header=st.lists(WORDS, min_size=1), names=st.lists(WORDS)),
    MAPPINGS,
)

SMALL = """
recipe = 1
source = "carnet"
reads = "notes"
[recognise]
format = "csv"
header = ["quand", "quoi"]
[dates]
layout = "year-first"
[columns]
quand = "time"
quoi = "title"
"""


@given(RECIPES)
def test_what_is_written_is_read_back_the_same(recipe: Recipe) -> None:
    assert parse(write(recipe)) == recipe


@pytest.mark.parametrize(
    ("change", "reason", "what"),
    [
        (('source = "carnet"', "source = "), "recipe-not-toml", "line 3"),
        (('source = "carnet"', 'source = "../x"'), "recipe-field", "source"),
        (('reads = "notes"', ""), "recipe-field", "reads"),
        (('"year-first"', '"backwards"'), "recipe-field", "dates.layout"),
        (("[columns]", "colour = 1\n[columns]"), "recipe-field", "dates.colour"),
        (('quoi = "title"', 'quoi = "smell"'), "recipe-field", "columns[...]"),
        (('quand = "time"', ""), "recipe-no-time", "columns"),
        (('quoi = "title"', 'quoi = "time"'), "recipe-twice", "time"),
        (('header = ["quand", "quoi"]', ""), "recipe-no-rule", "recognise"),
        (('"year-first"', '"year-first"\nzone = "Mars/Olympus"'), "recipe-zone", "dates.zone"),
        (("recipe = 1", "recipe = 2"), "recipe-field", "recipe"),
        (("[columns]", '[rows]\nmakes = "positions"\n[columns]'), "recipe-no-place", "columns"),
        (("[columns]", '[rows]\nmakes = "measurements"\n[columns]'), "recipe-no-value", "columns"),
    ],
)
def test_a_mistake_is_named_with_its_place(change: tuple[str, str], reason: str, what: str) -> None:
    assert change[0] in SMALL
    with pytest.raises(RecipeError) as caught:
        parse(SMALL.replace(*change))
    assert (caught.value.reason, caught.value.what) == (reason, what)
    assert set(sentences("errors")[reason]) == {"fr", "en"}


def run_with(text: str, file: Path) -> list[object]:
    parts = parts_of(file)
    try:
        return list(read(open_archive(parts), Rulebook((*importers_of([text]), *declarations()))))
    finally:
        for part in parts:
            part.stream.close()  # type: ignore[union-attr]


def test_a_file_is_read_as_a_persons_recipe_says(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("quoi,quand,reste\nun,2024-01-02,autre\n", encoding="utf-8")
    items = [event for event in run_with(SMALL, file) if isinstance(event, Item)]
    assert [(item.title, item.details) for item in items] == [
        ("un", {"quoi": "un", "quand": "2024-01-02", "reste": "autre"})
    ]


def test_json_is_read_by_a_recipe_too(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('[{"quand": "2024-01-02", "quoi": "un"}]', encoding="utf-8")
    text = SMALL.replace('"csv"', '"json"')
    assert [event.title for event in run_with(text, file) if isinstance(event, Item)] == ["un"]


def test_the_recipes_of_this_project_are_importers() -> None:
    for path in (ROOT / "importers" / "recipes").glob("*.toml"):
        recipe = parse(path.read_text(encoding="utf-8"))
        found = [one for one in declarations() if isinstance(one, Importer) and one.source == recipe.source]
        assert [one.reads for one in found] == [recipe.reads]


def test_the_example_recipe_reads_its_file(*, regenerate: bool) -> None:
    check_golden(FIXTURE, FIXTURE.with_suffix(".golden.jsonl"), regenerate=regenerate)


def test_the_example_of_the_documentation_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (table,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "bornes.csv"
    file.write_text(table, encoding="utf-8")
    items = [event for event in run_with(recipe, file) if isinstance(event, Item)]
    assert [(str(item.kind), item.title, item.amount, item.currency) for item in items] == [
        ("purchase", "Borne du marché", "4.20", "EUR"),
        ("purchase", "Borne de la gare", "11.05", "EUR"),
    ]
    assert not [event for event in run_with(recipe, file) if isinstance(event, Samples)]


def test_the_documentation_names_every_field_and_layout() -> None:
    page = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
    for word in (*Field, *Layout, *Makes, *Places, *Format):
        assert f"`{word}`" in page, word


def test_a_proposed_mapping_becomes_a_recipe_that_reads_back() -> None:
    mapping = Mapping({"quand": Field.TIME}, Layout.DAY_FIRST)
    recipe = proposed(mapping, Format.CSV, ["quand", "quoi"], "Export 2024-03 (Été).csv")
    assert recipe.source == "my-export"
    assert parse(write(recipe)) == recipe
