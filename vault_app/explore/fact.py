"""A fact as views and exports see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from importers.records import Kind, Precision, Role

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fact:
    """One item of the vault. ``start``, ``end``: us or None; ``offset``: minutes east of UTC or None;
    ``details``: JSON text of every other field of the original, with what other archives add (see
    ``vault_app.vault.added``), '' for none; ``member``: its file in the archive."""

    id: int
    kind: Kind
    source: str
    start: int | None
    end: int | None
    offset: int | None
    precision: Precision
    title: str
    text: str
    lat: float | None
    lon: float | None
    amount: str
    currency: str
    parties: tuple[Role, ...]
    details: str
    member: str
    import_id: int


FIELDS = (
    "id", "kind", "source", "start", "end", "offset", "precision", "title", "text",
    "lat", "lon", "amount", "currency", "parties", "details", "member", "import",
)  # fmt: skip
"""The fields of ``plain``, in order."""


def stamp(us: int | None) -> str | None:
    """ISO 8601 in UTC with ``Z``; a fraction only when there is one; None for no time."""
    if us is None:
        return None
    moment = _EPOCH + timedelta(microseconds=us)
    fraction = us % 1_000_000
    text = moment.strftime("%Y-%m-%dT%H:%M:%S") if moment.year >= 1000 else moment.replace(tzinfo=None).isoformat()
    if not fraction:
        return f"{text}Z"
    digits = f"{fraction:06d}"
    return f"{text}.{digits[:3] if digits.endswith('000') else digits}Z"


def plain(fact: Fact) -> dict[str, Any]:
    """A fact as JSON values: times as ISO 8601 in UTC, ``offset`` in minutes, ``details`` as the original's fields."""
    return {
        "id": fact.id,
        "kind": str(fact.kind),
        "source": fact.source,
        "start": stamp(fact.start),
        "end": stamp(fact.end),
        "offset": fact.offset,
        "precision": str(fact.precision),
        "title": fact.title,
        "text": fact.text,
        "lat": fact.lat,
        "lon": fact.lon,
        "amount": fact.amount or None,
        "currency": fact.currency or None,
        "parties": [_party(role) for role in fact.parties],
        "details": msgspec.json.decode(fact.details) if fact.details else {},
        "member": fact.member,
        "import": fact.import_id,
    }


def _party(role: Role) -> dict[str, str]:
    shown = {"role": role.role, "name": role.name}
    return shown | ({role.handle.type: role.handle.value} if role.handle else {})
