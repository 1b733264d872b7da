"""What an archive is, before anything is written: recognised in the reading process, shown to the person."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.archive.parts import FilePart, Part
from importers.recipes.importing import kept_importers_of
from vault_app.intake import expected
from vault_app.intake.expected import Expectation
from vault_app.intake.frames import Expected, Failed, FrameError, Mark, Members, Needs, Proposed
from vault_app.intake.proposals import MOST, ShownTable, checked
from vault_app.intake.reader import Reader, ReaderDied

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Plan:
    """What would be imported. Nothing has been written.

    ``source``: the service that most members come from, '' when nothing was recognised. ``readers``: members by the
    id of the importer that would read them. ``members``: all of them; ``recognised``: those that something reads or
    keeps on purpose. ``size``: bytes of all parts. ``digest``: of the bytes of all parts (hex), to know an archive
    again. ``refused``: id of the sentence that says why the archive is refused as a whole, or ''.
    ``tables``: unknown tables with the mapping that is proposed for each. ``recipes``: the person's own that were
    given, ``kept``: those of the vault; the archive is read with the same ones. ``by_kept``: whether one of the vault's
    reads anything.
    ``modules``: of importers that the reading process loads, as the recognising one asked; all of them when None.
    ``places``: what it found to read each member, so that the reading one need not look again; see ``frames.Needs``.
    ``expected``: how many facts each reader is expected to bring, where that was asked for and can be told.
    """

    name: str
    source: str
    sources: tuple[str, ...]
    readers: dict[str, int]
    members: int
    recognised: int
    confidence: float
    size: int
    digest: str
    parts: tuple[Part, ...]
    refused: str = ""
    tables: tuple[ShownTable, ...] = ()
    recipes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    by_kept: bool = False
    modules: tuple[str, ...] | None = None
    places: tuple[int, ...] | None = None
    expected: tuple[Expectation, ...] = ()

    @property
    def total(self) -> Expectation:
        """What all readers are expected to bring, exact when each of them was counted."""
        whole = expected.together(self.expected)
        return whole if not self.uncounted else replace(whole, exact=False)

    @property
    def uncounted(self) -> int:
        """Members that are read, and of which nobody knows how many facts they hold."""
        known = {one.reader for one in self.expected}
        return sum(count for reader, count in self.readers.items() if reader not in known)

    @property
    def kept_whole(self) -> bool:
        """Whether nothing is read: a file that nobody knows, kept as a document."""
        return self.understood and not self.readers and self.source == "documents"

    @property
    def understood(self) -> bool:
        """Whether there is anything to import."""
        return not self.refused and self.recognised > 0


def recognise(parts: Sequence[Part], recipes: Sequence[str] = (), kept: Sequence[str] = ()) -> Plan:
    """Look at an archive in the reading process. Never raises for a bad archive: the plan says why it is refused.

    ``recipes``, ``kept``: texts that ``importers.recipes.recipe.parse`` accepts, see ``Plan``.
    """
    return _plan("recognise", parts, recipes, kept)


def foresee(parts: Sequence[Part], recipes: Sequence[str] = (), kept: Sequence[str] = ()) -> Plan:
    """The same for a person who decides: with how many facts are expected. Takes two seconds more at most."""
    return _plan("plan", parts, recipes, kept)


def _plan(mode: str, parts: Sequence[Part], recipes: Sequence[str], kept: Sequence[str]) -> Plan:
    paths: list[str] = []
    tables: list[ShownTable] = []
    counts: list[Expectation] = []
    sources: Counter[str] = Counter()
    readers: Counter[str] = Counter()
    members, scores, refused = 0, 0, ""
    modules: tuple[str, ...] | None = None
    places: tuple[int, ...] | None = None
    try:
        with Reader(parts, mode, recipes=recipes, kept=kept) as reader:
            for message in reader.messages():
                match message:
                    case Members():
                        members += len(message.paths)
                        paths.extend(message.paths)
                        sources.update(source for source in message.sources if source)
                        readers.update(name for name in message.readers if name)
                        scores += sum(message.scores)
                    case Needs():
                        modules = tuple(message.modules)
                        places = None if message.places is None else tuple(message.places)
                    case Proposed():
                        _require_few(tables)
                        tables.append(checked(message, paths))
                    case Expected():
                        counts.append(expected.checked(message, readers, counts))
                    case Failed():
                        refused = message.reason
                    case Mark():
                        pass
    except ReaderDied as error:
        refused = error.reason
    except FrameError:
        refused = "reader-broke-rules"
    recognised = sum(sources.values())
    return Plan(
        name=parts[0].name if parts else "",
        source=_main(sources),
        sources=_in_order(sources),
        readers=dict(readers),
        members=members,
        recognised=recognised,
        confidence=_confidence(scores, recognised, tables),
        size=sum(_size(part) for part in parts),
        digest=digest(parts) if not refused and recognised else "",
        parts=tuple(parts),
        refused=refused,
        tables=tuple(tables),
        recipes=tuple(recipes),
        kept=tuple(kept),
        by_kept=any(one.id in readers for one in kept_importers_of(kept)),
        modules=modules,
        places=places,
        expected=tuple(counts),
    )


def _confidence(scores: int, recognised: int, tables: Sequence[ShownTable]) -> float:
    """How sure the plan is, 0 to 1: by how well the rules fit; for unknown tables by their least sure proposal."""
    if not recognised:
        return 0.0
    fits = scores / (3 * recognised)
    return round(min((fits, *(table.confidence for table in tables))), 2)


def _require_few(tables: Sequence[ShownTable]) -> None:
    if len(tables) >= MOST:
        raise FrameError("tables")


def digest(parts: Sequence[Part]) -> str:
    """BLAKE2b-256 (hex) over the bytes of all files, with the names inside folders; equal for the same archive."""
    state = hashlib.blake2b(digest_size=32)
    for part in parts:
        if isinstance(part, FilePart):
            part.stream.seek(0)
            while block := part.stream.read(_BLOCK):
                state.update(block)
            part.stream.seek(0)
            continue
        for index, (path, size) in enumerate(part.entries):
            state.update(f"\0{path}\0{size}\0".encode("utf-8", "surrogateescape"))
            with part.open(index) as stream:
                while block := stream.read(_BLOCK):
                    state.update(block)
    return state.hexdigest()


_SUPPORTING = {"macos", "generic", "documents", "standards"}


def _in_order(sources: Counter[str]) -> tuple[str, ...]:
    """All sources, the main one first, then by how many members come from each."""
    first = _main(sources)
    rest = (source for source, _ in sources.most_common() if source != first)
    return (first, *rest) if first else tuple(rest)


def _main(sources: Counter[str]) -> str:
    """The service that most members come from; junk and generic readers only when there is nothing else."""
    named = [source for source, _ in sources.most_common() if source not in _SUPPORTING]
    rest = [source for source, _ in sources.most_common() if source != "macos"]
    return (named or rest or [""])[0]


def _size(part: Part) -> int:
    return part.size if isinstance(part, FilePart) else sum(size for _, size in part.entries)
