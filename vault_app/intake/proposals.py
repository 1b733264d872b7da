"""Proposed mappings as they travel from the reading process to the person: bounded, checked, plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from importers.formats.dates import Layout
from importers.generic.header import Field
from importers.generic.mapping import Doubt, Makes
from importers.recipes.proposal import TableProposal
from importers.records import Kind
from vault_app.intake.frames import FrameError, Proposed

MOST = 20
"""Tables of one archive that a mapping is proposed for."""


@dataclass(frozen=True)
class ShownTable:
    """An unknown table as a person sees it before it is imported.

    ``member``: its name in the archive. ``columns`` with their ``fields``, '' where a column has none. ``rows``: the
    first ten, as plain text. ``layout``: of the dates, '' when there is no column of dates, and ``recipe`` is '' then.
    ``doubts``: ids of sentences in ``resources/words/doubts``. ``confidence``: 0 to 1.
    """

    member: str
    sheet: str
    columns: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    layout: str
    makes: str
    kind: str
    confidence: float
    doubts: tuple[str, ...]
    recipe: str


def as_frame(member: int, found: TableProposal) -> Proposed:
    """In the child: a proposal as a frame."""
    mapping = found.mapping
    held = {} if mapping is None else {name[:200]: str(field) for name, field in mapping.fields.items()}
    return Proposed(
        member=member,
        sheet=found.sheet,
        columns=list(found.columns),
        fields=[held.get(name, "") for name in found.columns],
        rows=[list(row) for row in found.rows],
        layout="" if mapping is None else str(mapping.layout),
        makes="" if mapping is None else str(mapping.makes),
        kind="" if mapping is None else str(mapping.kind),
        confidence=found.confidence,
        doubts=[str(doubt) for doubt in found.doubts],
        recipe=found.recipe,
    )


def checked(given: Proposed, paths: Sequence[str]) -> ShownTable:
    """In the parent: a frame that keeps to the rules. Raises FrameError."""
    width = len(given.columns)
    known = {"", *Field}
    if not 0 <= given.member < len(paths):
        raise FrameError("member")
    if len(given.fields) != width or any(len(row) != width for row in given.rows):
        raise FrameError("rows")
    if not known.issuperset(given.fields) or not set(Doubt).issuperset(given.doubts):
        raise FrameError("field")
    if given.layout not in {"", *Layout} or given.makes not in {"", *Makes} or given.kind not in {"", *Kind}:
        raise FrameError("field")
    return ShownTable(
        member=paths[given.member],
        sheet=given.sheet,
        columns=tuple(given.columns),
        fields=tuple(given.fields),
        rows=tuple(map(tuple, given.rows)),
        layout=given.layout,
        makes=given.makes,
        kind=given.kind,
        confidence=given.confidence,
        doubts=tuple(given.doubts),
        recipe=given.recipe,
    )
