"""A selection as chips, each of which can be taken away, and as a text that screens keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from vault_app.explore.selection import BadSelection, Selection, kind


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit of a selection. ``id``: ``source``, ``kind``, ``span``, ``text`` or ``party``; ``values``: the name
    of the source or kind, the words, the party (and its key, for one person), or since and until (us, UTC, as texts;
    '' for no limit)."""

    id: str
    values: tuple[str, ...]


class _Kept(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    sources: list[str] = []
    kinds: list[str] = []
    since: int | None = None
    until: int | None = None
    text: str = ""
    party: str = ""
    person: str = ""


def chips(selection: Selection) -> tuple[Chip, ...]:
    """The limits of a selection: time, then sources, kinds, party and words; none for everything."""
    found = []
    if selection.since is not None or selection.until is not None:
        found.append(Chip("span", (_text(selection.since), _text(selection.until))))
    found += [Chip("source", (source,)) for source in selection.sources]
    found += [Chip("kind", (str(one),)) for one in selection.kinds]
    if selection.names_somebody:
        found.append(Chip("party", (selection.party, selection.person) if selection.person else (selection.party,)))
    if selection.text:
        found.append(Chip("text", (selection.text,)))
    return tuple(found)


def selection_of(given: Iterable[Chip]) -> Selection:
    """The selection of some chips; of two that cannot be together the later one holds. Raises BadSelection."""
    made = Selection()
    for chip in given:
        made = with_chip(made, chip)
    return made


def with_chip(selection: Selection, chip: Chip) -> Selection:
    """A selection with one more limit; a source or kind that is there already changes nothing. Raises BadSelection."""
    match chip:
        case Chip("span", (since, until)):
            return selection.between(_whole(since), _whole(until))
        case Chip("source", (name,)):
            return replace(selection, sources=tuple(dict.fromkeys((*selection.sources, name))))
        case Chip("kind", (name,)):
            return replace(selection, kinds=tuple(dict.fromkeys((*selection.kinds, kind(name)))))
        case Chip("party", (name,)):
            return replace(selection, party=name, person="")
        case Chip("party", (name, key)):
            return replace(selection, party=name, person=key)
        case Chip("text", (words,)):
            return replace(selection, text=words)
    raise BadSelection("bad-selection", chip.id)


def without_chip(selection: Selection, chip: Chip) -> Selection:
    """A selection without one of its limits; the same when it has no such chip. Raises BadSelection."""
    return selection_of(one for one in chips(selection) if one != chip)


def written(selection: Selection) -> str:
    """A selection as JSON text, for keeping between screens and runs."""
    kept = _Kept(
        list(selection.sources),
        [str(one) for one in selection.kinds],
        selection.since,
        selection.until,
        selection.text,
        selection.party,
        selection.person,
    )
    return msgspec.json.encode(kept).decode()


def read(text: str) -> Selection:
    """The selection of a text that ``written`` made. Raises BadSelection."""
    try:
        kept = msgspec.json.decode(text, type=_Kept)
    except msgspec.DecodeError as error:
        raise BadSelection("bad-selection") from error
    kinds = tuple(kind(name) for name in kept.kinds)
    return Selection(tuple(kept.sources), kinds, kept.since, kept.until, kept.text, kept.party, kept.person)


def _text(us: int | None) -> str:
    return "" if us is None else str(us)


def _whole(text: str) -> int | None:
    try:
        return int(text) if text else None
    except ValueError as error:
        raise BadSelection("bad-selection", "span") from error
