"""Invented items, samples and imports for tests of the whole vault."""

from __future__ import annotations

import numpy as np

from importers.batches import ItemBatch
from importers.columns import numbers, texts, times
from importers.records import Item, Kind, Moment, Samples
from vault_app.explore import facts, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.intake import checks
from vault_app.intake.collector import Collector
from vault_app.intake.frames import ItemRows
from vault_app.vault.vault import Vault

DAY = 86_400_000_000


def batch(*given: Item) -> ItemBatch:
    """Items as the child sends them."""
    sent: list[object] = []
    collector = Collector(sent.append)
    collector.begin("google")
    for item in given:
        collector.item(0, item)
    collector.flush()
    (rows,) = sent
    assert isinstance(rows, ItemRows)
    return checks.item_batch(rows, members=1, files=0)


def item(number: int, day: int = 100, **more: object) -> Item:
    """One film watched."""
    values = {
        "kind": Kind.WATCH,
        "key": (number,),
        "when": Moment(day * DAY + number * 1000),
        "title": f"œuvre {number}",
    }
    return Item(**(values | more))  # type: ignore[arg-type]


def power(*pairs: tuple[int, str]) -> Samples:
    """A load curve: one value for each start."""
    return Samples(
        series="electricity-power",
        unit="W",
        subject="0",
        start=times(start for start, _ in pairs),
        value=numbers(value for _, value in pairs),
        quality=texts("B" for _ in pairs),
        exclusive=True,
    )


def pulse(first: int, count: int, seed: int = 1) -> Samples:
    """A heart rate every five seconds from ``first`` (s); the same values for the same seconds and seed."""
    seconds = np.arange(first, first + 5 * count, 5, dtype=np.int64)
    beats = 60 + (seconds * 2654435761 * seed >> 7) % 40
    return Samples(
        series="heart-rate",
        unit="count/min",
        start=seconds * 1_000_000,
        end=(seconds + 1) * 1_000_000,
        value=numbers(beats.tolist()),
        columns={
            "device": texts("montre" if second % 3 else "téléphone" for second in seconds.tolist()),
            "creationDate": numbers((seconds + 30 + seconds % 7).tolist()),
        },
    )


def bring(vault: Vault, *given: Item, samples: Samples | None = None) -> int:
    """One import of these; returns its number."""
    writer = vault.imports.begin("essai.zip", 1, str(given), ["google"], [("a.json", 1)])
    if given:
        writer.items("google", batch(*given), {})
    if samples is not None:
        writer.samples("enedis", 0, samples)
    writer.member_done(0, "read", len(given), "")
    return writer.complete().id


def content(vault: Vault) -> tuple[object, ...]:
    """Everything that a person sees, but for numbers of facts and imports."""
    shown = [plain(fact) for fact in facts.facts(vault, Selection())]
    for fact in shown:
        del fact["id"], fact["import"]
    lines = [list(measures.samples_json(vault, row)) for row in measures.series(vault)]
    return measures.stats(vault), sorted(shown, key=str), lines
