"""What was odd about an archive itself, kept until it can be told; the list stays short for a hostile one."""

from __future__ import annotations

from collections import Counter

from importers.archive import names
from importers.records import Notice

MOST = 1_000
"""Notices of one reason that are told one by one; more are counted."""


class Notes:
    """Notices with the path that they are about, '' for the archive as a whole."""

    def __init__(self) -> None:
        self._notices: list[tuple[str, Notice]] = []
        self._counts: Counter[str] = Counter()

    def add(self, reason: str, path: str = "", what: str = "") -> None:
        """Keep a notice; ``reason`` is an id of ``resources/words/notices``."""
        self._counts[reason] += 1
        if self._counts[reason] <= MOST:
            self._notices.append((path, Notice(reason, what=what)))

    def named(self, name: str, prefix: str) -> str:
        """A member's name, cleaned; a notice when it is built like a trap."""
        path = names.clean(name)
        if names.suspicious(name):
            self.add("member-name", prefix + path)
        return path

    @property
    def count(self) -> int:
        """Number of notices that are told one by one."""
        return len(self._notices)

    def back_to(self, count: int) -> None:
        """Forget the notices after the first so many: what they were about is told otherwise."""
        for _, notice in self._notices[count:]:
            self._counts[notice.reason] -= 1
        del self._notices[count:]

    def all(self) -> list[tuple[str, Notice]]:
        """All notices in order, then how many there were beyond ``MOST`` of a reason."""
        more = [
            ("", Notice("archive-more-notices", what=f"{reason} +{count - MOST}"))
            for reason, count in self._counts.items()
            if count > MOST
        ]
        return self._notices + more
