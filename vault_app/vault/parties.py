"""Parties that archives describe: kept once for each source, with the imports that have them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from importers.batches import PartyBatch
from vault_app.vault import acting
from vault_app.vault.driver import Connection


def insert(connection: Connection, import_id: int, source: int, batch: PartyBatch, files: Mapping[int, int]) -> int:
    """Store parties inside the caller's transaction; returns how many are new."""
    new = 0
    signed = batch.key.view("int64").tolist()
    for row, key in enumerate(signed):
        identity = (source, key, int(batch.check[row]))
        found = connection.execute(
            'SELECT id FROM party WHERE source = ? AND key = ? AND "check" = ?', identity
        ).fetchone()
        if found is None:
            handles = msgspec.json.encode([(handle.type, handle.value) for handle in batch.handles[row]]).decode()
            cursor = connection.execute(
                'INSERT INTO party (source, key, "check", name, type, handles, details) VALUES (?, ?, ?, ?, ?, ?, ?)',
                (*identity, batch.name[row], batch.type[row], handles, batch.details[row]),
            )
            found = (cursor.lastrowid,)
            new += 1
        connection.execute(
            "INSERT OR IGNORE INTO party_import (party, import, member) VALUES (?, ?, ?)",
            (found[0], import_id, int(batch.member[row])),
        )
        for number in batch.files[row]:
            connection.execute("UPDATE attachment SET party = ? WHERE id = ?", (found[0], files[number]))
    return new


def remove_import(connection: Connection, import_id: int) -> None:
    """Take one import's name off its parties; those that no import has then go."""
    connection.execute("DELETE FROM party_import WHERE import = ?", (import_id,))
    connection.execute("DELETE FROM party WHERE id NOT IN (SELECT party FROM party_import)")
    acting.remove_lost_cards(connection)
