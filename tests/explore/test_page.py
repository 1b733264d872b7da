"""A page of facts: the newest first, by number, with and without words."""

from __future__ import annotations

from importers.records import Kind
from tests.vault.content import bring, item
from vault_app.explore import facts
from vault_app.explore.selection import Selection

WORDS = Selection(text="film")


def test_pages_with_words_follow_each_other_to_the_end(vault):
    bring(vault, *(item(n, day=n, text="un film" if n % 2 else "un livre") for n in range(20)))
    wanted = [fact.title for fact in facts.facts(vault, WORDS)]
    first = facts.page(vault, WORDS, 4)
    then = facts.page(vault, WORDS, 100, first[-1].id)
    assert [fact.title for fact in (*first, *then)] == wanted
    assert len(first) == 4
    assert len(wanted) == 10


def test_words_and_all_else_of_a_selection_count_together(vault):
    bring(vault, item(1, text="un film"), item(2, text="un film", kind=Kind.READ), item(3))
    chosen = Selection(text="film", kinds=(Kind.READ,))
    assert [fact.title for fact in facts.page(vault, chosen, 9)] == ["œuvre 2"]
    assert [fact.title for fact in facts.page(vault, Selection(), 9)] == ["œuvre 3", "œuvre 2", "œuvre 1"]
