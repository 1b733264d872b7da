"""What work costs in statements and rows: exact, whatever the machine."""

from __future__ import annotations

import gc
from collections import Counter
from typing import Self

from importers.records import Item, Role
from tests.vault.content import batch, bring, item, pulse
from vault_app.intake.collector import ROWS, Collector


class Statements:
    """Counts what a connection executes, by verb and table; a row of ``executemany`` counts as one."""

    def __init__(self, connection) -> None:
        self.counted: Counter[str] = Counter()
        self._connection = connection

    def __enter__(self) -> Self:
        self._connection.set_trace_callback(self._take)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.set_trace_callback(None)

    def _take(self, text: str) -> None:
        words = text.replace("(", " ").split()
        if words and not text.startswith("--"):
            verb = words[0].upper()
            names = [words[at + 1] for at, word in enumerate(words[:-1]) if word in {"INTO", "FROM", "UPDATE"}]
            self.counted[f"{verb} {names[0] if names else ''}".strip()] += 1


def given(count: int, first: int = 0) -> list[Item]:
    role = Role("channel", "Lucette")
    return [item(number, day=100 + number % 30, parties=(role,)) for number in range(first, first + count)]


def test_a_thousand_items_cost_a_statement_each_for_item_and_actor_and_few_besides(vault):
    rows = batch(*given(1000))
    writer = vault.imports.begin("a.zip", 1, "a", ["google"], [("a.json", 1)])
    writer.items("google", batch(*given(10, 5000)), {})
    with Statements(vault._writer) as statements:
        writer.items("google", rows, {})
        writer.commit(0, 1010)
    counted = statements.counted
    assert counted["INSERT item"] == counted["INSERT item_actor"] == 1000
    assert counted["INSERT day_count"] == 30
    assert sum(counted.values()) - 2030 <= 12, counted
    writer.abandon()


def test_completion_reads_nothing_back_and_writes_no_item(vault):
    writer = vault.imports.begin("a.zip", 1, "a", ["google"], [("a.json", 1)])
    writer.items("google", batch(*given(1000)), {})
    writer.commit(0, 1000)
    with Statements(vault._writer) as statements:
        writer.complete()
    counted = statements.counted
    assert not [verb for verb in counted if verb.endswith(" item")], counted
    assert counted["INSERT item_text"] == 1000
    assert counted["INSERT density"] == 30


def test_completion_of_a_resumed_import_reads_each_item_once_and_writes_none(vault):
    writer = vault.imports.begin("a.zip", 1, "a", ["google"], [("a.json", 1)])
    writer.items("google", batch(*given(1000)), {})
    writer.commit(0, 1000)
    again = vault.imports.resume(writer.id)
    with Statements(vault._writer) as statements:
        again.complete()
    counted = statements.counted
    assert not [verb for verb in counted if verb in {"UPDATE item", "INSERT item", "DELETE item"}], counted
    assert counted["SELECT item"] == 30  # one a day: ids of a day stand together
    assert counted["INSERT item_text"] == 1000
    assert counted["INSERT density"] == 30


def test_known_samples_are_told_by_their_content_and_not_unpacked(vault):
    bring(vault, samples=pulse(0, 20_000))
    with Statements(vault._writer) as statements:
        bring(vault, samples=pulse(0, 20_000))
    assert statements.counted["INSERT chunk"] == 0
    assert statements.counted["DELETE chunk"] == 0
    assert vault._writer.execute("SELECT count(*), sum(n) FROM chunk").fetchone() == (5, 20_000)


def test_samples_after_the_last_are_appended_without_touching_what_is_there(vault):
    bring(vault, samples=pulse(0, 8192))
    with Statements(vault._writer) as statements:
        bring(vault, samples=pulse(8192 * 5, 4096))
    assert statements.counted["DELETE chunk"] == 0
    assert statements.counted["INSERT chunk"] == 1


def test_a_correction_in_one_chunk_leaves_the_others_alone(vault):
    bring(vault, samples=pulse(0, 40_960))
    with Statements(vault._writer) as statements:
        account = vault.imports.account(bring(vault, samples=pulse(5 * 10_000, 3, seed=2)))
    assert account.new == 3
    assert statements.counted["DELETE chunk"] == 1


def test_the_child_holds_no_more_items_than_a_batch():
    def held() -> int:
        return sum(type(one) is Item for one in gc.get_objects())

    peak, others = 0, held()

    def send(_message: object) -> None:
        nonlocal peak
        peak = max(peak, held() - others)

    collector = Collector(send)
    collector.begin("google")
    for number in range(2 * ROWS + 1000):
        collector.item(0, item(number))
        if collector.full:
            collector.flush()
    collector.flush()
    assert 0 < peak <= ROWS + 1
