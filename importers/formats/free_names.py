"""Names for the fields of one record when several have the same: the second ``ele`` is called ``ele 2``."""

from __future__ import annotations

from collections.abc import Container


class FreeNames:
    """Gives names that are not taken yet, in time that grows as their number: a file may repeat one without end."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def of(self, name: str, taken: Container[str]) -> str:
        """The name itself, or the name with the first number of its own that is free."""
        if name not in taken:
            return name
        number = self._last.get(name, 1) + 1
        while f"{name} {number}" in taken:
            number += 1
        self._last[name] = number
        return f"{name} {number}"
