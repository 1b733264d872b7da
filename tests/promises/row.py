"""One line of the goals table."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """What came out. ``held``: None when it could not be tried here; then ``figure`` says why."""

    id: str
    goal: str
    figure: str
    held: bool | None
    broken: list[str] = field(default_factory=list)
