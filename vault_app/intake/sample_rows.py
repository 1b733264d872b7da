"""In the child: samples as columns of a frame, each column in the shortest form that gives it back."""

from __future__ import annotations

from typing import Any

import numpy as np

from importers.columns import Numbers, Texts, in_use
from importers.records import Samples
from vault_app.intake.frames import LONGEST, NumberColumn, SampleRows, TextColumn
from vault_app.intake.item_rows import clean, size_of


def sample_rows(source: str, member: int, samples: Samples, rows: Any) -> SampleRows:
    """Some rows of samples, in this order."""
    return SampleRows(
        source=source,
        member=member,
        n=len(rows),
        series=samples.series[:200],
        unit=samples.unit[:100],
        subject=samples.subject[:1000],
        exclusive=samples.exclusive,
        incidental=sorted(samples.incidental),
        start=np.ascontiguousarray(samples.start[rows], np.int64).tobytes(),
        end=None if samples.end is None else np.ascontiguousarray(samples.end[rows], np.int64).tobytes(),
        value=_number_column(samples.value, rows),
        offset=_number_column(samples.offset, rows),
        quality=_text_column(samples.quality, rows),
        columns={name: _column(column, rows) for name, column in samples.columns.items()},
    )


def is_heavy(message: SampleRows) -> bool:
    """Whether samples are too long for a frame, or nearly."""
    weight = 24 * message.n
    for column in (message.value, message.offset, message.quality, *message.columns.values()):
        if isinstance(column, NumberColumn):
            weight += len(column.mantissa) + len(column.decimals)
            weight += sum(size_of(text or "") + 8 for text in column.odd.values())
        elif column is not None:
            weight += len(column.codes) + sum(size_of(word or "") + 5 for word in column.words)
    return weight > LONGEST * 3 // 4


def _column(column: Numbers | Texts, rows: Any) -> NumberColumn | TextColumn:
    taken = _number_column(column, rows) if isinstance(column, Numbers) else _text_column(column, rows)
    assert taken is not None
    return taken


def _number_column(column: Numbers | None, rows: Any) -> NumberColumn | None:
    if column is None:
        return None
    taken = column.take(rows)
    return NumberColumn(taken.mantissa.tobytes(), taken.decimals.tobytes(), taken.odd)


def _text_column(column: Texts | None, rows: Any) -> TextColumn | None:
    if column is None:
        return None
    used, codes = in_use(column.codes[rows], len(column.words))
    words = [column.words[code] for code in used.tolist()]
    return TextColumn(codes.tobytes(), [word if word is None else clean(word) for word in words])
