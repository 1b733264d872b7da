"""What the person says of two parties that nothing certain ties together: the same, or not.

It is kept by keys (``party_keys``), not by rows of an import, so it holds again when an archive comes again.
"""

from __future__ import annotations

from dataclasses import dataclass

from vault_app.vault.driver import Connection


@dataclass(frozen=True, order=True)
class Decision:
    """Two keys, ``one`` before ``other``, and whether they are one party's."""

    one: str
    other: str
    same: bool


def read(connection: Connection) -> list[Decision]:
    """All of them, in order of their keys."""
    found = connection.execute("SELECT one, other, same FROM same_party ORDER BY one, other")
    return [Decision(one, other, bool(same)) for one, other, same in found]


def write(connection: Connection, one: str, other: str, *, same: bool | None) -> None:
    """Keep or, with None, forget what is said of two keys, inside the caller's transaction.

    Raises ValueError for one key.
    """
    if one == other:
        raise ValueError("one key is one party")
    one, other = sorted((one, other))
    if same is None:
        connection.execute("DELETE FROM same_party WHERE one = ? AND other = ?", (one, other))
        return
    connection.execute(
        "INSERT INTO same_party (one, other, same) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET same = excluded.same",
        (one, other, int(same)),
    )
