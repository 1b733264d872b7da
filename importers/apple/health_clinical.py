"""Medical documents that a hospital shares with the Health app: FHIR resources as JSON, kept to the letter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.records import File, Item, Json, Kind, Moment, Notice, Precision, Record

_LIMIT = 32 << 20
_WHEN = (
    "effectiveDateTime",
    "issued",
    "occurrenceDateTime",
    "performedDateTime",
    "authoredOn",
    "dateWritten",
    "onsetDateTime",
    "recordedDate",
    "dateRecorded",
    "dateAsserted",
    "assertedDate",
    "date",
    "created",
)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(T[0-9:.]{5,20}(?:Z|[+-]\d\d:\d\d)?)?)?)?\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@importer(
    Rule(
        members=("**/clinical-records/*.json", "**/clinical_records/*.json"),
        keys=frozenset({"resourceType"}),
        named=True,
    ),
    source="apple",
    reads="medical documents",
    product="health",
)
def clinical_record(member: Member) -> Iterator[Record]:
    """One document an item: its own JSON is the details; the date is the one of the medical fact."""
    data = member.read(_LIMIT)
    key = ("clinical-record", hashlib.blake2b(data, digest_size=16).hexdigest())
    try:
        resource: Json = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        resource = None
    if not isinstance(resource, dict):
        yield Notice("apple-clinical-unreadable", "byte 0")
        name = member.path.rsplit("/", 1)[-1]
        file = File(name=name, pieces=member.pieces, media_type="application/json")
        yield Item(kind=Kind.DOCUMENT, key=key, files=(file,))
        return
    moments = (_moment(resource.get(name)) for name in _WHEN)
    yield Item(
        kind=Kind.DOCUMENT,
        key=key,
        when=next((moment for moment in moments if moment is not None), None),
        title=_title(resource),
        details=data.decode().removeprefix("\ufeff").encode(),
    )


def _title(resource: dict[str, Any]) -> str:
    for name in ("code", "medicationCodeableConcept", "vaccineCode", "type"):
        concept = resource.get(name)
        text = concept.get("text") if isinstance(concept, dict) else None
        if isinstance(text, str) and text:
            return text[:500]
    return str(resource.get("resourceType", ""))[:100]


def _moment(text: Json) -> Moment | None:
    """A FHIR date or instant, as exact as it is stated; None for anything else."""
    found = _DATE.match(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, clock = found.groups()
    try:
        moment = datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}{clock or ''}")
    except ValueError:
        return None
    offset = moment.utcoffset()
    moment = moment if offset is not None else moment.replace(tzinfo=UTC)
    precision = Precision.SECOND if clock else Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    stated = int(offset.total_seconds()) // 60 if offset is not None and not str(clock).endswith("Z") else None
    return Moment((moment - _EPOCH) // timedelta(microseconds=1), stated, precision)
