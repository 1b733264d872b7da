"""Whether a run of importers has kept every value of the JSON that it has read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.importing import Run


def lost_values(found: Run, *files: Path) -> set[str]:
    """Texts and numbers of the files that no item or party holds, as text."""
    kept = "\n".join(
        text for record in (*found.items, *found.parties) for text in leaves(msgspec.to_builtins(record, enc_hook=str))
    )
    return {leaf for file in files for leaf in leaves(json.loads(file.read_text("utf-8"))) if leaf not in kept}


def leaves(value: Any) -> Iterator[str]:
    """All texts and numbers in a value, and the names of its fields; JSON text is looked into."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield str(value)
