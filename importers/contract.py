"""What an importer is: a generator function with a declared recognition rule. Ground floor.

Rules are data. All rules are matched in one pass over the members of an archive (``importers.recognition``);
content decides where names lie, so a renamed or translated file is still recognised.

A module in ``importers/<source>/`` declares with ``@importer`` what it reads, with ``skip`` what it knows and
leaves out on purpose (a second copy of the same facts), with ``keep`` what it keeps whole as documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol

from importers.records import Item, Kind, Moment, Record


class Member(Protocol):
    """One file inside an archive, as an importer sees it. All that it says is untrusted."""

    @property
    def path(self) -> str:
        """Name inside the archive with ``/`` between folders, NFC, cleaned for display. Never a path to open."""
        ...

    @property
    def size(self) -> int:
        """Declared size in bytes, uncompressed; -1 when the archive does not say."""
        ...

    @property
    def archive(self) -> Archive:
        """The archive that the member is part of."""
        ...

    def open(self) -> IO[bytes]:
        """The bytes as a stream that counts against the archive's budget; not seekable.

        Raises ``ArchiveError`` (``importers.archive.errors``) while reading when the member is damaged.
        """
        ...

    def pieces(self) -> Iterator[bytes]:
        """The bytes in blocks of 1 MiB at most."""
        ...

    def read(self, limit: int) -> bytes:
        """All bytes of a small member; raises ``ArchiveError`` when it is longer than ``limit``."""
        ...


class Archive(Protocol):
    """One view over a zip, tgz, folder, single file or set of parts. Nothing is ever extracted."""

    @property
    def name(self) -> str:
        """File name of the (first) part, for display; '' when it came without one."""
        ...

    @property
    def members(self) -> tuple[Member, ...]:
        """All members of all parts in the archives' order; of equal paths with equal bytes only the first."""
        ...

    def find(self, *patterns: str) -> tuple[Member, ...]:
        """Members whose path matches one of the patterns, in order (see ``Rule.members`` for the syntax)."""
        ...

    def memo(self, key: str, make: Callable[[], object]) -> object:
        """What several importers of one archive share (a table of devices): made once, kept for the run."""
        ...


@dataclass(frozen=True)
class Rule:
    """How a member is recognised. Every condition that is given must hold, except ``members`` when there is content.

    ``members``: glob patterns on the normalised path (NFC, no-break spaces as spaces, case folded); ``*`` stays
    within one folder, ``**/`` is any number of folders; a pattern matches at the end of the path.
    Content, looked at in the first 64 KiB: ``shape`` (``json-array``, ``json-object``, ``json-lines``, ``csv``,
    ``xml``, ``html``, ``text``, ``zip``, ``xlsx``, ``sqlite``, ``pdf``, ``image``, ``fit``, ``binary``, ``empty``);
    ``header``: names that one of the first 30 CSV rows has, compared without case, accents and outer spaces;
    ``keys``: JSON keys that occur; ``root``: local name of the XML root element; ``starts``: one of these begins
    the text (after a byte order mark and white space); ``contains``: all of these texts occur, of a SQLite database
    in lines of ``table name``;
    ``sheets``: one of these words occurs in the names of the sheets of a workbook; ``lines``: a regular expression
    that begins three of the first 20 lines of a text, or half of a shorter one (chats have neither header nor keys).
    ``named``: the name must match as well (for content that many services share).
    ``beside``: and a member of the archive matches one of these patterns (two services write the same file, and
    only its neighbours tell which one it was).
    For files of no known service: ``strange``: nothing in the archive is recognised otherwise; ``alone``: and the
    file came by itself, not inside an archive. Such rules are asked last.
    """

    members: tuple[str, ...] = ()
    shape: str = ""
    header: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    root: str = ""
    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    sheets: frozenset[str] = frozenset()
    lines: str = ""
    named: bool = False
    beside: tuple[str, ...] = ()
    strange: bool = False
    alone: bool = False

    @property
    def has_content(self) -> bool:
        """Whether the rule says anything about the bytes."""
        said = (self.shape, self.header, self.keys, self.root, self.starts, self.contains, self.sheets, self.lines)
        return any(said)


Read = Callable[[Member], Iterator[Record]]


@dataclass(frozen=True)
class Importer:
    """One file shape of one source and the function that reads it.

    ``status``: ``proven`` (on real files), ``documents`` (built from documents) or ``beta``.
    ``weight``: of two importers whose rules match equally well the heavier one reads; generic ones are negative.
    ``first``: members of importers with a lower number are read before (a table that others look up).
    ``module``: what ``read`` loads when it is first called, '' when it is loaded (see ``importers.registry``).
    """

    id: str
    source: str
    reads: str
    rules: tuple[Rule, ...]
    read: Read = field(compare=False)
    product: str = ""
    languages: tuple[str, ...] = ("en", "fr")
    status: str = "documents"
    facts_as_of: str = "2026-11"
    weight: int = 0
    first: int = 100
    module: str = field(default="", compare=False)


@dataclass(frozen=True)
class Skip:
    """Members that are known and left out, and why: ``why`` is an id of ``resources/words/skips.toml``."""

    source: str
    rules: tuple[Rule, ...]
    why: str
    weight: int = 0


@dataclass(frozen=True)
class Keep:
    """Members that are known and kept whole as documents of this kind, read no further.

    ``when``: finds the document's own date in its bytes; None when there is none to be found.
    ``about``: gives the document back with what its bytes say about it (who wrote it, when); its identity, kind and
    file stay as they are. ``module``: as of ``Importer``.
    """

    source: str
    rules: tuple[Rule, ...]
    kind: Kind = Kind.DOCUMENT
    weight: int = 0
    when: Callable[[Member], Moment | None] | None = field(default=None, compare=False)
    about: Callable[[Member, Item], Item] | None = field(default=None, compare=False)
    module: str = field(default="", compare=False)


Declaration = Importer | Skip | Keep

DECLARED: list[Declaration] = []
"""Everything that the loaded modules have declared, in order of declaration. ``importers.registry`` loads them."""


def importer(
    *rules: Rule,
    source: str,
    reads: str,
    product: str = "",
    languages: tuple[str, ...] = ("en", "fr"),
    status: str = "documents",
    facts_as_of: str = "2026-11",
    weight: int = 0,
    first: int = 100,
) -> Callable[[Read], Read]:
    """Declare the decorated generator function as an importer; any one of the rules is enough.

    ``reads`` says in English, in a few words, what is read (``viewing history``). The id is
    ``<source>.<name of the function>``.
    """

    def declare(read: Read) -> Read:
        name = f"{source}.{read.__name__}"
        DECLARED.append(
            Importer(name, source, reads, rules, read, product, languages, status, facts_as_of, weight, first)
        )
        return read

    return declare


def skip(*rules: Rule, source: str, why: str, weight: int = 0) -> None:
    """Declare members that are known and left out on purpose."""
    DECLARED.append(Skip(source, rules, why, weight))


def keep(
    *rules: Rule,
    source: str,
    kind: Kind = Kind.DOCUMENT,
    weight: int = 0,
    when: Callable[[Member], Moment | None] | None = None,
    about: Callable[[Member, Item], Item] | None = None,
) -> None:
    """Declare members that are kept whole as documents."""
    DECLARED.append(Keep(source, rules, kind, weight, when, about))
