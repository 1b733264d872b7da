"""All importers: those of this project, those that other packages declare, and recipes."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import importers
from importers.contract import DECLARED, Declaration

ENTRY_POINTS = "self_data_vault.importers"
"""Other packages name a module under this group; loading it declares its importers."""

_GROUND = {
    "records",
    "columns",
    "contract",
    "registry",
    "recognition",
    "reading",
    "whole",
    "neighbour_files",
    "archive",
    "formats",
}


@cache
def declarations() -> tuple[Declaration, ...]:
    """Load every importer module once; returns what they declared, in a fixed order.

    Raises ImportError when a module of this project cannot be loaded.
    """
    for module in sorted(pkgutil.iter_modules(importers.__path__), key=lambda found: found.name):
        if module.name not in _GROUND:
            _load(f"importers.{module.name}")
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda found: found.name):
        point.load()
    return tuple(DECLARED)


def _load(name: str) -> None:
    package = importlib.import_module(name)
    for module in sorted(pkgutil.iter_modules(getattr(package, "__path__", ())), key=lambda found: found.name):
        _load(f"{name}.{module.name}")
