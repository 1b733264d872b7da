"""Bold words are those that the index found, and an excerpt holds them."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.explore.by_hand import DAY, bring, item
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts
from vault_app.explore.excerpt import excerpt, spans
from vault_app.explore.folded import folded
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault


def bold(text: str, question: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, question)]


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Comment lire sa facture d’électricité", "electricite", ["électricité"]),
        ("Une ŒUVRE et un œuf", "oeuvre", ["ŒUVRE"]),
        ("Une ŒUVRE et un œuf", "oeu", ["ŒUVRE", "œuf"]),
        ("Straße, Strasse", "strasse", ["Straße", "Strasse"]),
        ("le lait, le LAIT", "lait", ["lait", "LAIT"]),
        ("latte", "la", []),
        ("latte", "lat", ["latte"]),
        ("latte noire", "lat noire", ["noire"]),
        ("gratin et gratinée", 'gratin "', ["gratin"]),
        ("le petit train du train petit", '"petit train"', ["petit train"]),
        ("un petit, train", '"petit train"', ["petit, train"]),
        ("deux mots deux", "mots deux", ["deux", "mots", "deux"]),
        ("e\u0301te\u0301 indien", "été", ["e\u0301te\u0301"]),
        ("rien", "", []),
        ("rien", "!?", []),
    ],
)
def test_words_are_found_as_the_index_finds_them(text: str, question: str, expected: list[str]) -> None:
    assert bold(text, question) == expected


TEXTS = st.text(st.sampled_from("aAéÉœŒßtT ’'-.9\n\u0301"), max_size=60)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text(st.sampled_from('aéœsT9 "'), max_size=12))
def test_spans_are_in_order_apart_and_hold_a_word_of_the_question(text: str, question: str) -> None:
    found = spans(text, question)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    tokens = "".join(char if char.isalnum() else " " for char in folded(question)).split()
    for start, end in found:
        assert any(token in folded(text[start:end]) for token in tokens)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.text(st.sampled_from("aéœsT9 "), max_size=8), st.integers(0, 50))
def test_an_excerpt_is_short_on_one_line_and_shows_the_first_word_found(text: str, question: str, length: int) -> None:
    found = excerpt(text, question, length)
    assert len(found.text) <= max(length, 20)
    assert "\n" not in found.text
    assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
    flat = text.replace("\n", " ")
    assert found.text.strip("…") in flat
    first = spans(flat, question)[:1]
    if first:
        start, end = found.spans[0]
        assert flat[first[0][0] : first[0][1]].startswith(found.text[start:end].rstrip("…"))


def test_an_excerpt_says_where_something_is_left_out() -> None:
    text = "Le premier jour il plut. " * 8 + "Puis le facteur apporta une lettre." + " Et la vie continua." * 8
    found = excerpt(text, "facteur", 60)
    ((start, end),) = found.spans
    assert found.text[start:end] == "facteur"
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert excerpt("court", "facteur", 60).text == "court"


@pytest.fixture(scope="module")
def texts() -> Iterator[tuple[Vault, list[str]]]:
    titles = [
        "L’œuvre d’été", "oeuvres complètes", "Crème brûlée n°3", "creme", "STRASSE", "Straße 12", "à la carte",
        "l'électricité", "ÉLECTRIQUE", "naïveté", "Ærø", "2024-03", "café-crème", "e\u0301te\u0301",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault.create(Path(folder) / "Coffre", PHRASE, profile=QUICK).vault
        bring(vault, *(item(number, DAY * number, title=title) for number, title in enumerate(titles)))
        yield vault, titles
        vault.close()


@settings(max_examples=80, deadline=None)
@given(word=st.sampled_from(["oeuvre", "œuv", "été", "ete", "creme", "cre", "brulee", "strasse", "straß", "electri", "électricité", "a", "la", "cart", "2024", "03", "3", "aero", "naï", "cafe"]))  # fmt: skip
def test_a_text_has_spans_exactly_when_the_index_finds_it(texts: tuple[Vault, list[str]], word: str) -> None:
    vault, titles = texts
    found = {fact.title for fact in facts.facts(vault, Selection(text=word))}
    assert found == {title for title in titles if spans(title, word)}
