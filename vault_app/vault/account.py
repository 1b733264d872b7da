"""The account of an import: what came of an archive, as it is shown and kept."""

from __future__ import annotations

import msgspec

from importers.drift.drift import Drift


class NoticeRow(msgspec.Struct, frozen=True):
    """Something that could not be read. ``member``: its name in the archive, '' for the archive itself."""

    member: str
    position: str
    reason: str
    what: str


class Account(msgspec.Struct, frozen=True):
    """What an import brought. ``new`` is the sum of items, samples and parties that the vault did not have.

    ``first``, ``last``: us, None without a dated fact. ``members``: how many were read, skipped, kept, unknown.
    ``drift``: how the archive differs from what its importers know; empty for imports from before that was looked at.
    """

    id: int
    name: str
    source: str
    new: int
    known: int
    items: dict[str, int]
    samples: dict[str, int]
    parties: int
    first: int | None
    last: int | None
    members: dict[str, int]
    notices: list[NoticeRow]
    drift: list[Drift] = []

    def again(self) -> Account:
        """The account of the same archive brought a second time: all known, nothing new."""
        return msgspec.structs.replace(self, new=0, known=self.new + self.known, items={}, samples={}, parties=0)
