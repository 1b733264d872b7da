"""Resource forks and folder settings: a second, empty copy of what is there anyway."""

from __future__ import annotations

from importers.contract import Rule, skip

skip(Rule(members=("__MACOSX/**", "**/._*", "**/.DS_Store")), source="macos", why="macos-junk", weight=50)
