"""All pages together are the whole list, whatever is chosen, and each fact stands once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.records import Kind
from tests.explore.by_hand import DAY, begin, bring, item, us
from tests.explore.test_density import SELECTIONS
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts
from vault_app.explore.density import Density
from vault_app.explore.rows import PAGE, Rows
from vault_app.explore.selection import Selection
from vault_app.vault.items import FULL_DAY
from vault_app.vault.vault import Vault

WITH_WORDS = (
    Selection(text="recherché"),
    Selection(text="regardé", kinds=(Kind.WATCH,), since=us("2023-02-03T11:00"), until=us("2024-06-05T12:00")),
    Selection(text='"votre facture"'),
)


def paged(rows: Rows, vault: Vault) -> Iterator[int]:
    number = 0
    while page := rows.page(vault, number):
        assert len(page) <= PAGE
        yield from (fact.id for fact in page)
        number += 1


@pytest.mark.parametrize("selection", SELECTIONS + WITH_WORDS, ids=str)
def test_all_pages_are_the_whole_list(camille: Vault, selection: Selection) -> None:
    whole = [fact.id for fact in facts.facts(camille, selection)]
    rows = Rows.of(camille, selection)
    assert list(paged(rows, camille)) == whole
    assert rows.exact
    assert len(rows) == rows.count(camille) == len(whole)
    assert list(paged(rows, camille)) == whole


def test_any_page_can_be_asked_for_at_once(camille: Vault) -> None:
    for selection in (Selection(), Selection(text="vous")):
        whole = list(facts.facts(camille, selection))
        for n in (5, 2, 0, len(whole) // PAGE, len(whole) // PAGE + 1, 10_000):
            assert Rows.of(camille, selection).page(camille, n) == whole[n * PAGE : (n + 1) * PAGE]


def test_words_show_the_newest_hits_before_they_are_counted(camille: Vault) -> None:
    rows = Rows.of(camille, Selection(text="vous"))
    assert not rows.exact
    assert len(rows) >= PAGE
    count = rows.count(camille)
    assert rows.exact
    assert count == len(rows) == facts.count(camille, Selection(text="vous"))


def test_words_that_occur_nowhere_make_an_empty_table(camille: Vault) -> None:
    rows = Rows.of(camille, Selection(text="xylophoniste"))
    assert (len(rows), rows.exact, rows.pages, rows.page(camille, 0)) == (0, True, 0, [])


@pytest.mark.parametrize("selection", [Selection(), Selection(sources=("spotify",)), Selection(text="vous")], ids=str)
@pytest.mark.parametrize("when", ["2022-01-01", "2023-08-09T18:10", "2024-05-12T08:30", "2024-12-31", "2026-01-01"])
def test_a_time_leads_to_its_row(camille: Vault, selection: Selection, when: str) -> None:
    rows = Rows.of(camille, selection)
    rows.count(camille)
    whole = list(facts.facts(camille, selection))
    later = [fact for fact in whole if fact.start is not None and fact.start > us(when)]
    assert rows.row_at(camille, us(when)) == len(later)
    next_days = [fact for fact in later if (fact.start or 0) // DAY > us(when) // DAY]
    assert rows.row_of(us(when)) == len(next_days)


def effort(vault: Vault, work: Callable[[], object]) -> int:
    """Steps of the database's machine, in hundreds: the same on every computer."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    vault.read().set_progress_handler(step, 100)
    try:
        work()
    finally:
        vault.read().set_progress_handler(None, 0)
    return steps


def test_a_page_deep_in_the_table_costs_no_more_than_the_first(camille: Vault) -> None:
    rows = Rows.of(camille, Selection())
    assert rows.pages > 20
    first = effort(camille, lambda: rows.page(camille, 0))
    for n in (rows.pages // 2, rows.pages - 2):
        assert effort(camille, lambda n=n: rows.page(camille, n)) <= 1.5 * first  # type: ignore[misc]


def test_the_newest_hits_of_a_frequent_word_cost_no_look_at_the_others(camille: Vault) -> None:
    whole = effort(camille, lambda: Density.of(camille, Selection(text="vous")))
    assert effort(camille, lambda: Rows.of(camille, Selection(text="vous")).page(camille, 0)) < whole / 2


def test_undated_facts_are_last(vault: Vault) -> None:
    bring(vault, item(1, None), item(2, -5 * DAY), item(3, 7 * DAY))
    titles = [fact.title for fact in Rows.of(vault, Selection()).page(vault, 0)]
    assert titles == ["fait 3", "fait 2", "fait 1"]
    assert Rows.of(vault, Selection()).row_of(-20 * DAY) == 2


def test_facts_beyond_a_full_day_stand_in_their_day(vault: Vault) -> None:
    bring(vault, item(1, 5 * DAY + 1), item(2, 5 * DAY + 2), item(3, 4 * DAY), item(4, None))
    writer = vault._writer
    writer.execute("UPDATE day_count SET n = (1 << 20) - 1 WHERE day = 5")
    bring(vault, item(5, 5 * DAY + 1, title="fait 5"), item(6, 5 * DAY + 3))
    assert vault.read().execute("SELECT count(*) FROM item WHERE id < ?", ((FULL_DAY + 1) << 20,)).fetchone() == (2,)
    rows = Rows.of(vault, Selection())
    assert [fact.title[-1] for fact in rows.page(vault, 0)] == ["6", "2", "1", "5", "3", "4"]
    since = Rows.of(vault, Selection(since=5 * DAY + 2))
    assert [fact.title[-1] for fact in since.page(vault, 0)] == ["6", "2"]
    assert len(since) == 2


def test_a_running_import_is_invisible(vault: Vault) -> None:
    bring(vault, item(1, DAY))
    writer = begin(vault, item(2, DAY + 1), item(3, None))
    assert [fact.title for fact in Rows.of(vault, Selection()).page(vault, 0)] == ["fait 1"]
    assert len(Rows.of(vault, Selection())) == 1
    writer.abandon()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    starts=st.lists(st.none() | st.integers(-3 * DAY, 12 * DAY), min_size=1, max_size=900),
    since=st.none() | st.integers(-4 * DAY, 12 * DAY),
    until=st.none() | st.integers(-4 * DAY, 12 * DAY),
    words=st.sampled_from(["", "fait"]),
)
def test_paging_loses_and_doubles_nothing(
    starts: list[int | None], since: int | None, until: int | None, words: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault.create(Path(folder) / "Coffre", PHRASE, profile=QUICK).vault
        bring(vault, *(item(number, start) for number, start in enumerate(starts)))
        selection = Selection(since=since, until=until, text=words)
        rows = Rows.of(vault, selection)
        whole = [fact.id for fact in facts.facts(vault, selection)]
        assert list(paged(rows, vault)) == whole
        assert rows.count(vault) == len(whole)
        assert list(paged(rows, vault)) == whole
        vault.close()
