"""What can be wrong with an archive.

Each error carries an id of ``resources/words/errors`` (the whole archive) or ``resources/words/notices`` (one member),
never a path.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """An archive or a member cannot be read. ``reason``: id of the sentence; ``what``: a rule or field name."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what


class DamagedMember(ArchiveError):
    """One member cannot be read to its end; others can."""


class RefusedArchive(ArchiveError):
    """The whole archive is refused: it breaks a rule that honest archives keep."""


class BudgetExceeded(RefusedArchive):
    """The archive unpacks to more than it may."""
