"""One archive from its first member to its last: match, read, and say what became of each member."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from enum import StrEnum

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.archive.member import ViewMember
from importers.archive.view import LISTED, View
from importers.contract import Archive, Declaration, Importer, Keep, Member, Skip
from importers.drift import pages, tables
from importers.drift.drift import Drift
from importers.drift.ear import Ear
from importers.drift.known import known
from importers.drift.notes import Drifts, hear
from importers.formats import beginnings
from importers.recognition import Rulebook
from importers.records import File, Item, Items, Notice, Record, singly
from importers.whole import document
from importers.whole import file as whole_file


class Outcome(StrEnum):
    """What became of a member. The four counts of an import add up to the number of its members."""

    READ = "read"
    SKIPPED = "skipped"
    KEPT = "kept"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Began:
    """A member begins. ``index`` is its place in ``archive.members``; ``reader`` the id that reads it, or ''."""

    index: int
    source: str
    reader: str


@dataclass(frozen=True)
class Ended:
    """A member ended: its outcome, the number of its records, and why it was skipped (an id) or ''."""

    index: int
    outcome: Outcome
    records: int
    why: str = ""


@dataclass(frozen=True)
class Kept:
    """Bytes that no importer understands, kept whole without an item."""

    file: File


_KNOWN = known()
"""Loaded with this module: the reading process can open nothing later."""

NO_READER, NOT_MATCHED = -1, -2
"""In place of a declaration's: nothing reads the member; it is not known, or could not be found out, what does."""

Event = Began | Ended | Kept | Drift | Record


def read(
    archive: Archive,
    rulebook: Rulebook,
    done: frozenset[int] = frozenset(),
    *,
    together: bool = False,
    places: Sequence[int] | None = None,
) -> Iterator[Event]:
    """Read an archive; members are taken by their importers' ``first``, then in the order of the archive.

    ``done``: places of members to pass over because an interrupted run has finished them. ``together``: hand out
    ``Items`` as they are; else each of their items by itself. ``places``: what reads each member where that is known
    already, as its place in the rulebook or one of the marks above.

    Whatever an importer raises becomes a notice and the next member goes on; only ``RefusedArchive`` ends the run.
    How far the archive is from what its importers know comes last.
    """
    drifts = Drifts(_KNOWN)
    with archive.glance() if isinstance(archive, View) else nullcontext():
        queue = sorted(_queue(archive, rulebook, places), key=lambda entry: entry[0])
    for _, index, declaration, trouble in queue:
        member = archive.members[index]
        if index not in done:
            heard = _heard(drifts, index, member, declaration, trouble)
            found: Iterator[Event] = heard if together else singly(heard)
            yield from found
        else:
            _overhear(drifts, member, declaration)
        if isinstance(archive, View) and isinstance(member, ViewMember):
            archive.finish(member)
    yield from drifts.found()


def _heard(drifts: Drifts, index: int, member: Member, declaration: object, trouble: Notice | None) -> Iterator[Event]:
    """One member, while somebody listens to the bytes that its importer reads."""
    archive = member.archive
    ear = drifts.ear(declaration) if isinstance(declaration, Importer) and isinstance(archive, View) else None
    if ear is None or not isinstance(archive, View) or not isinstance(declaration, Importer):
        yield from _member(index, member, declaration, trouble)
        return
    archive.listener, before = hear(ear, member), archive.listener
    try:
        yield from _member(index, member, declaration, trouble)
    finally:
        archive.listener = before
    try:
        drifts.heard(declaration, ear, beginnings.take(member))
    except Exception as error:  # noqa: BLE001 - what only looks on must not cost an import; it is told
        yield Notice("fields-not-compared", what=type(error).__name__)


def _overhear(drifts: Drifts, member: Member, declaration: object) -> None:
    """Let a member pass that an interrupted run has finished, so that as much is known of all of the archive.

    The run that read it has told what is wrong with it, and took what came before the damage.
    """
    archive = member.archive
    ear = drifts.ear(declaration) if isinstance(declaration, Importer) and isinstance(archive, View) else None
    if ear is None or not isinstance(archive, View) or not isinstance(declaration, Importer):
        return
    archive.listener, before = hear(ear, member), archive.listener
    try:
        if not drifts.knows(declaration, pages.CLASS, pages.FIELD) or _reads(declaration, member, ear):
            for _ in member.pieces():
                pass
        if drifts.knows(declaration, tables.ALL):
            tables.open_again(member, ear.head)
    except RefusedArchive:
        raise
    except Exception:  # noqa: BLE001, S110 - see above
        pass
    finally:
        archive.listener = before
    with suppress(Exception):
        drifts.heard(declaration, ear, beginnings.take(member))


def _reads(declaration: Importer, member: Member, ear: Ear) -> bool:
    """Whether an importer reads a member at all: pages whose facts stand in the archive as JSON too are left alone."""
    for _ in declaration.read(member):
        if ear.heard:
            break
    return ear.heard


def _member(index: int, member: Member, declaration: object, trouble: Notice | None) -> Iterator[Event]:
    """One member from its beginning to its end; what is odd about how the archive holds it comes last."""
    for event in _read(index, member, declaration, trouble):
        if isinstance(event, Ended) and isinstance(member, ViewMember):
            yield from member.oddities
        yield event


def _read(index: int, member: Member, declaration: object, trouble: Notice | None) -> Iterator[Event]:
    if trouble is not None:
        yield Began(index, "", "")
        yield trouble
        yield Ended(index, Outcome.UNKNOWN, 0)
    elif isinstance(declaration, Importer):
        yield Began(index, declaration.source, declaration.id)
        yield from _imported(index, member, declaration)
    elif isinstance(declaration, Skip):
        yield Began(index, declaration.source, "")
        yield Ended(index, Outcome.SKIPPED, 0, declaration.why)
    elif isinstance(declaration, Keep):
        yield Began(index, declaration.source, "")
        yield from _kept(index, member, declaration)
    else:
        yield Began(index, "", "")
        yield Kept(whole_file(member))
        yield Ended(index, Outcome.UNKNOWN, 0)


def _queue(
    archive: Archive, rulebook: Rulebook, places: Sequence[int] | None
) -> Iterator[tuple[tuple[int, int], int, object, Notice | None]]:
    told = places if places is not None and len(places) == len(archive.members) else None
    for index, member in enumerate(archive.members):
        try:
            declaration = _declaration(rulebook, member, NOT_MATCHED if told is None else told[index])
            if isinstance(archive, View) and not index % LISTED:
                archive.beat()
        except RefusedArchive:
            raise
        except ArchiveError as error:
            yield (100, index), index, None, Notice(error.reason, what=error.what)
            continue
        first = declaration.first if isinstance(declaration, Importer) else 100
        yield (first, index), index, declaration, None


def _declaration(rulebook: Rulebook, member: Member, place: int) -> Declaration | None:
    """What reads a member. Raises ``ArchiveError`` as ``Rulebook.match``."""
    if 0 <= place < len(rulebook.declarations):
        return rulebook.declarations[place]
    if place == NO_READER:
        return None
    found = rulebook.match(member)
    return found[0] if found else None


def _imported(index: int, member: Member, declaration: Importer) -> Iterator[Event]:
    count = 0
    trouble = False
    try:
        for record in declaration.read(member):
            count += len(record) if isinstance(record, Items) else not isinstance(record, Notice)
            yield record
    except RefusedArchive:
        raise
    except ArchiveError as error:
        trouble = True
        yield Notice(error.reason, f"record {count + 1}", error.what)
    except Exception as error:  # noqa: BLE001 - an untrusted file may break an importer in any way; it is reported
        trouble = True
        yield Notice("importer-failed", f"record {count + 1}", type(error).__name__)
    yield Ended(index, Outcome.UNKNOWN if trouble and not count else Outcome.READ, count)


def _kept(index: int, member: Member, declaration: Keep) -> Iterator[Event]:
    try:
        when = declaration.when(member) if declaration.when is not None else None
        item = document(member, declaration.kind, when)
        item, trouble = _described(member, item, declaration)
    except RefusedArchive:
        raise
    except ArchiveError as error:
        yield Notice(error.reason, what=error.what)
        yield Kept(whole_file(member))
        yield Ended(index, Outcome.UNKNOWN, 0)
        return
    yield item
    yield from trouble
    yield Ended(index, Outcome.KEPT, 1)


def _described(member: Member, item: Item, declaration: Keep) -> tuple[Item, tuple[Notice, ...]]:
    """The document with what its bytes say, or as it is and a notice when they break what looks at them."""
    if declaration.about is None:
        return item, ()
    try:
        return declaration.about(member, item), ()
    except ArchiveError:
        raise
    except Exception as error:  # noqa: BLE001 - an untrusted file may break what looks at it; it is kept all the same
        return item, (Notice("importer-failed", what=type(error).__name__),)
