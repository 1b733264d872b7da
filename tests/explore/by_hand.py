"""Facts and samples put into a vault by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from importers.batches import ItemBatch
from importers.columns import numbers, times
from importers.records import Item, Kind, Moment, Samples
from vault_app.intake import checks
from vault_app.intake.collector import Collector
from vault_app.intake.frames import ItemRows
from vault_app.vault.imports import ImportWriter
from vault_app.vault.vault import Vault

DAY = 86_400_000_000
HOUR = 3_600_000_000


def us(text: str) -> int:
    """Microseconds of an ISO time; UTC unless it has an offset."""
    stamp = datetime.fromisoformat(text)
    return int((stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp()) * 1_000_000


def item(number: int, start: int | None, **more: object) -> Item:
    """One fact; ``number`` is its identity."""
    when = None if start is None else Moment(start)
    values = {"kind": Kind.WATCH, "key": (number,), "when": when, "title": f"fait {number}"}
    return Item(**(values | more))  # type: ignore[arg-type]


def power(start: int, watts: Sequence[int | None], *, step: int = HOUR // 2, **more: object) -> Samples:
    """A load curve: mean power in W of steps that follow each other."""
    starts = [start + step * number for number in range(len(watts))]
    values = {
        "series": "electricity-power",
        "unit": "W",
        "start": times(starts),
        "end": times(at + step for at in starts),
        "value": numbers(watts),
        "exclusive": True,
    }
    return Samples(**(values | more))  # type: ignore[arg-type]


def begin(vault: Vault, *items: Item, samples: Sequence[Samples] = (), source: str = "google") -> ImportWriter:
    """An import with everything stored, still running."""
    writer = vault.imports.begin("essai.zip", 1, f"{items}{samples}", [source], [("a.json", 1)])
    if items:
        writer.items(source, _batch(source, items), {})
    for batch in samples:
        writer.samples(source, 0, batch)
    writer.member_done(0, "read", len(items), "")
    writer.commit(-1, 0)
    return writer


def bring(vault: Vault, *items: Item, samples: Sequence[Samples] = (), source: str = "google") -> int:
    """A complete import; its number."""
    return begin(vault, *items, samples=samples, source=source).complete().id


def _batch(source: str, items: Sequence[Item]) -> ItemBatch:
    sent: list[object] = []
    collector = Collector(sent.append)
    collector.begin(source)
    for one in items:
        collector.item(0, one)
    collector.flush()
    (rows,) = sent
    assert isinstance(rows, ItemRows)
    return checks.item_batch(rows, members=1, files=0)
