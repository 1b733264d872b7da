"""Room taken back from packs of which much was deleted. For idle moments: living objects are written anew.

Order, so that a crash at any moment loses nothing: the new pack is durable, then the rows point to it and the old one
is noted as left over, then the old file goes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vault_app.vault import leftovers, objects
from vault_app.vault.driver import durably
from vault_app.vault.vault import Vault


@dataclass(frozen=True)
class Compacted:
    """``packs``: how many were rewritten; ``freed``: bytes given back to the disk."""

    packs: int
    freed: int


def compact(vault: Vault, stop: Callable[[], bool] = lambda: False) -> Compacted:
    """Rewrite the packs with more than 30 % dead bytes, one a transaction. ``stop`` is asked between two packs.

    Raises DamagedVault when an object is not what its id says (all of its pack stays as it was), and OSError on a full
    disk.
    """
    before, count = _bytes(vault), 0
    for pack in vault.inside.store.worth_rewriting():
        if stop():
            break
        vault.changing()
        rewrite(vault, pack)
        count += 1
    return Compacted(count, before - _bytes(vault))


def rewrite(vault: Vault, pack: int) -> None:
    """Write the living objects of one pack anew, under new keys, and remove its file."""
    inside = vault.inside
    try:
        with durably(inside.connection):
            inside.store.rewrite(pack)
            inside.store.seal()
            leftovers.note(inside.connection, map(leftovers.pack_name, inside.store.drop_empty_packs()))
    except BaseException:
        inside.store.discard()
        raise
    leftovers.clear(inside.connection, inside.folder.root)


def _bytes(vault: Vault) -> int:
    return sum(row.length for row in objects.pack_rows(vault.inside.connection))
