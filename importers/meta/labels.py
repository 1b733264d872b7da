"""Labels stand in the language of the account, and as keys: what they mean (``labels.toml``)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from importers.formats.sniff import plain

_TABLE = tomllib.loads(files("importers.meta").joinpath("labels.toml").read_text(encoding="utf-8"))
_MEANINGS = {label: meaning for meaning, labels in _TABLE.items() for label in labels}


@lru_cache(maxsize=4096)
def meaning(label: str) -> str:
    """What a label means; '' for those that nobody has described."""
    return _MEANINGS.get(plain(label.replace("\u2019", "'")), "")
