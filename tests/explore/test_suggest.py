"""Each key press is answered from what the vault holds."""

from __future__ import annotations

import pytest

from importers.records import Kind, Role
from tests.explore.by_hand import DAY, begin, bring, item
from vault_app.explore.suggest import Suggestion, suggest
from vault_app.vault.vault import Vault


def values(vault: Vault, text: str, what: str, limit: int = 10) -> list[str]:
    return [one.value for one in suggest(vault, text, limit) if one.what == what]


def test_one_letter_finds_kinds_sources_people_and_recent_words(camille: Vault) -> None:
    assert values(camille, "s", "source") == ["spotify"]
    assert "listen" in values(camille, "éc", "kind")
    assert "listen" in values(camille, "ec", "kind")
    assert "Nuit Claire" in values(camille, "n", "party")
    assert values(camille, "di", "word")


def test_three_letters_ask_the_index(camille: Vault) -> None:
    assert values(camille, "ele", "word") == ["électricité"]
    assert values(camille, "grat", "word")[0] == "gratin"
    assert values(camille, "recette grat", "word")[0] == "gratin"
    assert values(camille, "lucet", "party") == ["Cuisine de Lucette"]
    assert values(camille, "énerg", "party") == ["La Minute Énergie"]
    assert values(camille, "ENERG", "party") == ["La Minute Énergie"]


@pytest.mark.parametrize("text", ["", " ", "gratin ", "?", "zzzz"])
def test_without_a_beginning_nothing_is_suggested(camille: Vault, text: str) -> None:
    assert suggest(camille, text, 10) == []


@pytest.mark.parametrize("limit", [0, 1, 3, 8])
def test_there_are_never_more_than_asked_for(camille: Vault, limit: int) -> None:
    for text in ("a", "re", "rec", "v", "voi"):
        assert len(suggest(camille, text, limit)) <= limit


def test_what_occurs_more_often_comes_first(vault: Vault) -> None:
    bring(vault, item(1, DAY, title="marron marteau"), item(2, DAY, title="Marteau"), item(3, DAY, kind=Kind.SEARCH))
    assert suggest(vault, "mar", 5) == [Suggestion("word", "marteau", 2), Suggestion("word", "marron", 1)]


def test_a_running_import_is_invisible(vault: Vault) -> None:
    writer = begin(vault, item(1, DAY, title="marteau", parties=(Role("with", "Martin"),)))
    assert [suggest(vault, text, 9) for text in ("m", "mar", "g", "v")] == [[]] * 4
    writer.complete()
    assert {one.value for one in suggest(vault, "mar", 9)} == {"marteau", "Martin"}
