"""An archive that knows more of a fact adds what it knows; undo takes back exactly that."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vault.content import batch, bring, content, item
from vault_app.explore import facts
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.vault import added
from vault_app.vault.vault import Vault


def shown(vault: Vault) -> list[dict[str, Any]]:
    """The details of all facts, newest first."""
    return [plain(fact)["details"] for fact in facts.facts(vault, Selection())]


def rows(vault: Vault) -> int:
    return int(vault._writer.execute("SELECT count(*) FROM added").fetchone()[0])


BASIC = {"msPlayed": 3000}
EXTENDED = {"msPlayed": 3000, "ip": "192.0.2.7", "platform": "Android", "reason": ["fin"]}


def test_a_later_archive_adds_its_fields_and_the_fact_counts_as_known(vault):
    bring(vault, item(1, details=BASIC))
    later = bring(vault, item(1, details=EXTENDED), item(2, details=BASIC))
    assert shown(vault) == [BASIC, EXTENDED]
    account = vault.imports.account(later)
    assert (account.new, account.known) == (1, 1)
    assert vault.verify().problems == ()


def test_the_same_archive_again_adds_nothing(vault):
    bring(vault, item(1, details=BASIC))
    bring(vault, item(1, details=EXTENDED))
    before = shown(vault)
    assert vault.imports.account(bring(vault, item(1, details=EXTENDED))).new == 0
    assert shown(vault) == before
    bring(vault, item(1, details=BASIC))
    assert shown(vault) == before


def test_equal_details_take_no_row(vault):
    bring(vault, item(1, details=EXTENDED))
    bring(vault, item(1, details=EXTENDED), item(1, details=dict(reversed(EXTENDED.items()))))
    assert rows(vault) == 0


def test_a_field_with_another_value_stands_beside_the_first(vault):
    bring(vault, item(1, details={"a": 1}))
    bring(vault, item(1, details={"a": 2, "b": None}))
    bring(vault, item(1, details={"a": 3}))
    assert shown(vault) == [{"a": 1, "a (2)": 2, "b": None, "a (3)": 3}]


def test_two_files_of_one_archive_both_count(vault):
    bring(vault, item(1, details=BASIC), item(1, details=EXTENDED), item(1, details={"z": 0}))
    assert shown(vault) == [EXTENDED | {"z": 0}]


@pytest.mark.parametrize("order", [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)])
def test_undo_takes_back_what_that_import_said_and_nothing_else(vault, order):
    said = {1: {"a": 1, "only": "first"}, 2: {"a": 1, "b": 2}, 3: {"a": 1, "only": "first"}}
    for number in (1, 2, 3):
        assert bring(vault, item(7, details=said[number]), item(7 + number)) == number
    left = [1, 2, 3]
    for number in order:
        vault.imports.undo(number)
        left.remove(number)
        wanted: dict[str, Any] = {}
        for other in left:
            wanted |= said[other]
        if left:
            assert shown(vault)[-1] == wanted
        assert vault.verify().problems == ()
    assert rows(vault) == 0
    assert content(vault)[1] == []


@pytest.mark.parametrize("batches", [1, 2])
@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 1, 0)])
def test_an_import_that_says_the_own_details_of_a_fact_and_others_keeps_both_when_it_inherits_it(vault, order, batches):
    said = [{"mail": "confirmation", "only": 1}, {"mail": "reminder"}]
    bring(vault, item(1, details=said[0]))
    writer = vault.imports.begin("b.zip", 1, "b", ["google"], [("a.json", 1)])
    told = [item(1, details=said[which]) for which in order]
    for rows_of in [told] if batches == 1 else [[one] for one in told]:
        writer.items("google", batch(*rows_of), {})
    writer.member_done(0, "read", len(order), "")
    writer.complete()
    both = {"mail": "confirmation", "only": 1, "mail (2)": "reminder"}
    assert shown(vault) == [both]
    vault.imports.undo(1)
    assert shown(vault) == [both]
    assert vault.verify().problems == ()


def test_what_a_half_import_adds_is_not_shown_and_goes_with_it(vault):
    bring(vault, item(1, details=BASIC))
    writer = vault.imports.begin("b.zip", 1, "b", ["google"], [("a.json", 1)])
    writer.items("google", batch(item(1, details=EXTENDED)), {})
    writer.commit(0, 1)
    assert shown(vault) == [BASIC]
    vault.imports.resume(writer.id).abandon()
    assert rows(vault) == 0
    assert vault.verify().problems == ()


def test_a_changed_addition_is_found(vault):
    bring(vault, item(1, details=BASIC))
    bring(vault, item(1, details=EXTENDED))
    vault._writer.execute("UPDATE added SET details = '{}'")
    assert vault.verify().problems == ("digests",)


def test_merging_twice_is_merging_once():
    once = added.merged('{"a":1}', ['{"a":2,"b":3}'])
    assert added.merged(once, ['{"a":2,"b":3}', '{"b":3}', ""]) == once
