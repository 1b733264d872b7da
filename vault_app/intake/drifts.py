"""How archives differ from what importers know, on the way from the reading process to the account, and in words.

The reading process is not believed: places and missing fields must be ones that the application knows itself, and a new
name must look like a name. So the worst that a broken one could tell is another name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from importers.drift.drift import TYPES, Drift, Missing, New
from importers.drift.known import known
from importers.drift.names import may_be_told
from vault_app.intake.frames import Drifted, FrameError

_COUNTS = frozenset(10**power for power in range(13))


def as_frame(found: Drift) -> Drifted:
    """In the child: a drift as a frame."""
    return Drifted(
        found.reader,
        found.members,
        [(one.place, one.name, one.type, one.count) for one in found.new],
        [(one.place, one.name) for one in found.missing],
    )


def checked(given: Drifted) -> Drift:
    """In the parent: a frame that keeps to the rules. Raises FrameError."""
    reader = known().readers.get(given.reader)
    if reader is None:
        raise FrameError("reader")
    for place, name, kind, count in given.new:
        if place not in reader.places or not (name == "" or may_be_told(name)):
            raise FrameError("field")
        if kind not in TYPES or count not in _COUNTS:
            raise FrameError("field")
    for place, name in given.missing:
        if place not in reader.places or name not in reader.places[place].always:
            raise FrameError("field")
    return Drift(
        given.reader,
        given.members,
        tuple(New(*one) for one in given.new),
        tuple(Missing(*one) for one in given.missing),
    )


def counted(drifts: Iterable[Drift]) -> tuple[int, int]:
    """How many fields are new and how many are missing; new ones that are not named count as one for each place."""
    found = tuple(drifts)
    return sum(len(one.new) for one in found), sum(len(one.missing) for one in found)


def description(drifts: Sequence[Drift], version: str, month: str) -> str:
    """A text (TOML) that says what changed, to be given to those who make the application.

    ``version``: of the application. ``month``: ``2026-11``. It holds names of fields and rounded counts: no value of
    the archive, no name of a file or person.
    """
    lines = ["drift = 1", f"application = {_quoted(version)}", f"month = {_quoted(month)}"]
    for one in drifts:
        lines += ["", "[[reader]]", f"id = {_quoted(one.reader)}", f"files = {_quoted(about(one.members))}"]
        lines += _list("new", _new(one))
        lines += _list("missing", (f"{{ place = {_quoted(m.place)}, name = {_quoted(m.name)} }}" for m in one.missing))
    return "\n".join(lines) + "\n"


def about(count: int) -> str:
    """A count that tells nobody apart: ``1``, ``2+``, ``10+``, ``100+``, ..."""
    return str(count) if count < 2 else "2+" if count < 10 else f"{10 ** (len(str(count)) - 1)}+"


def at_least(count: int) -> str:
    """A count that was rounded down before: ``1+``, ``10+``, ..."""
    return f"{count}+"


def _new(drift: Drift) -> Iterator[str]:
    for one in drift.new:
        name = f"name = {_quoted(one.name)}" if one.name else "unnamed = true"
        yield (
            f"{{ place = {_quoted(one.place)}, {name}, type = {_quoted(one.type)},"
            f" count = {_quoted(at_least(one.count))} }}"
        )


def _list(name: str, entries: Iterable[str]) -> list[str]:
    found = list(entries)
    return [f"{name} = [", *(f"  {entry}," for entry in found), "]"] if found else []


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
