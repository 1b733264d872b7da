"""The recipes of this project: every ``*.toml`` in this folder is an importer."""

from __future__ import annotations

from pathlib import Path

from importers.contract import DECLARED
from importers.recipes.importing import importer_of
from importers.recipes.recipe import parse

DECLARED.extend(
    importer_of(parse(path.read_text(encoding="utf-8"))) for path in sorted(Path(__file__).parent.glob("*.toml"))
)
