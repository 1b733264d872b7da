"""The vault as a whole: what goes in comes out, a second time adds nothing, undo gives back what was there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from importers.records import Handle, Role
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import batch, bring, content, item, power
from vault_app.explore import facts, measures
from vault_app.explore.selection import Selection
from vault_app.vault import folder
from vault_app.vault.driver import OperationalError
from vault_app.vault.errors import WrongPassword
from vault_app.vault.vault import Vault


def test_items_come_back_newest_first_with_undated_ones_last(vault: Vault) -> None:
    role = Role("channel", "Lucette", Handle("url", "https://example.org/c"))
    bring(vault, item(1), item(2, day=300, parties=(role,), details={"x": 1}), item(3, when=None))
    found = list(facts.facts(vault, Selection()))
    assert [fact.title for fact in found] == ["œuvre 2", "œuvre 1", "œuvre 3"]
    assert found[0].parties == (role,)
    assert found[0].details == '{"x":1}'
    assert found[2].start is None


def test_the_same_facts_again_add_nothing(vault: Vault) -> None:
    bring(vault, item(1), item(2), samples=power((1, "5"), (2, "6")))
    before = content(vault)
    again = bring(vault, item(2), item(1), samples=power((2, "6")))
    account = vault.imports.account(again)
    assert (account.new, account.known) == (0, 3)
    assert content(vault) == before


def test_undo_of_the_second_gives_back_the_first_exactly(vault: Vault) -> None:
    bring(vault, item(1), samples=power((1, "5")))
    before = content(vault), [fact.id for fact in facts.facts(vault, Selection())]
    second = bring(vault, item(1), item(2), samples=power((1, "7"), (2, "6")))
    assert content(vault) != before[0]
    vault.imports.undo(second)
    assert (content(vault), [fact.id for fact in facts.facts(vault, Selection())]) == before
    assert not vault.verify().problems


def test_undo_of_the_first_leaves_what_the_second_has_too(vault: Vault, tmp_path: Path) -> None:
    first = bring(vault, item(1), item(2), samples=power((1, "5"), (2, "6")))
    bring(vault, item(2), item(3), samples=power((2, "6"), (3, "7")))
    vault.imports.undo(first)
    alone = Vault.create(tmp_path / "Autre", PHRASE, profile=QUICK).vault
    bring(alone, item(2), item(3), samples=power((2, "6"), (3, "7")))
    assert content(vault) == content(alone)
    assert not vault.verify().problems
    alone.close()


def test_a_corrected_value_replaces_the_old_one_until_its_import_is_undone(vault: Vault) -> None:
    bring(vault, samples=power((1, "5")))
    second = bring(vault, samples=power((1, "8")))
    assert [line["value"] for line in measures.samples_json(vault, measures.series(vault)[0])] == [8]
    vault.imports.undo(second)
    assert [line["value"] for line in measures.samples_json(vault, measures.series(vault)[0])] == [5]


def test_nothing_of_a_running_import_is_visible_and_abandoning_leaves_nothing(vault: Vault) -> None:
    bring(vault, item(1))
    before = content(vault)
    writer = vault.imports.begin("b.zip", 1, "b", ["google"], [("a.json", 1)])
    writer.items("google", batch(item(2), item(3)), {})
    writer.samples("enedis", 0, power((1, "5")))
    writer.commit(0, 3)
    assert [fact.title for fact in facts.facts(vault, Selection())] == ["œuvre 1"]
    assert measures.stats(vault)["items"] == before[0]["items"]  # type: ignore[index]
    writer.abandon()
    assert content(vault) == before
    assert not vault.imports.running()


def test_words_are_found_through_ligatures_and_not_after_undo(vault: Vault) -> None:
    number = bring(vault, item(1), item(2))
    assert facts.count(vault, Selection(text="oeuvre")) == 2
    assert facts.count(vault, Selection(text="ŒUV")) == 2
    vault.imports.undo(number)
    assert facts.count(vault, Selection(text="oeuvre")) == 0


def test_two_contents_that_share_an_eight_byte_key_are_two_items(vault: Vault) -> None:
    rows = batch(item(1), item(2))
    rows.key.flags.writeable or rows.__dict__.update(key=np.full(2, 7, np.uint64))
    writer = vault.imports.begin("c.zip", 1, "c", ["google"], [("a.json", 1)])
    assert writer.items("google", rows, {}).new == 2
    assert writer.items("google", rows, {}).known == 2
    writer.complete()


def test_a_vault_opens_again_with_its_passphrase_only(tmp_path: Path) -> None:
    created = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
    bring(created.vault, item(1))
    created.vault.close()
    with pytest.raises(WrongPassword):
        Vault.open(tmp_path / "Coffre", "pas la bonne phrase")
    for again in (Vault.open(tmp_path / "Coffre", PHRASE), None):
        vault = again or Vault.open_rescue(tmp_path / "Coffre", created.rescue_code)
        assert facts.count(vault, Selection()) == 1
        assert not vault.verify().problems
        vault.close()


def test_small_and_large_files_come_back_whole(vault: Vault) -> None:
    for size in (10, 100_000):
        writer = vault.imports.begin("d.zip", 1, str(size), ["google"], [("a.bin", 1)])
        file = writer.file("a.bin", "application/octet-stream", 0)
        data = bytes(range(250)) * (size // 250) + b"x" * (size % 250)
        file.write(data)
        number = file.finish()
        writer.kept(0, number)
        done = writer.complete().id
        assert vault.attachment(number) == data
        vault.imports.undo(done)
    assert not vault.verify().problems


def test_on_a_stick_with_small_files_the_bound_holds_at_every_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "largest_file", lambda _: 4 << 20)  # what the system would say of such a drive
    Vault.create(tmp_path / "v", PHRASE, profile=QUICK).vault.close()
    vault = Vault.open(tmp_path / "v", PHRASE)
    try:
        with pytest.raises(OperationalError, match="full"):
            fill(vault)
    finally:
        vault.close()
    assert max(path.stat().st_size for path in (tmp_path / "v").glob("*.db")) <= 4 << 20


def fill(vault: Vault) -> None:
    """More than 4 MiB of facts, a hundred at a time."""
    for number in range(40):
        bring(vault, *(item(number * 100 + n, details={"x": f"{n}" * 3000}) for n in range(100)))
