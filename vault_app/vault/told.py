"""What the watched folder's memory keeps: marks of archives that the person brought in or does not want.

A mark is a digest that can be guessed from a file's name, so it stands nowhere but inside the vault.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from vault_app.vault.driver import Connection


def read(connection: Connection) -> tuple[str, ...]:
    """The marks, oldest first."""
    return tuple(mark for (mark,) in connection.execute("SELECT mark FROM told ORDER BY n"))


def write(connection: Connection, marks: Iterable[str]) -> None:
    """Keep exactly these, oldest first, inside the caller's transaction; what stands there already is not written."""
    wanted = tuple(marks)
    rows = connection.execute("SELECT n, mark FROM told ORDER BY n").fetchall()
    needed = set(wanted)
    old = [row for row in rows if row[1] in needed]
    same = sum(1 for _ in takewhile(lambda pair: pair[0][1] == pair[1], zip(old, wanted, strict=False)))
    keeping = {n for n, _ in old[:same]}
    connection.executemany("DELETE FROM told WHERE n = ?", [(n,) for n, _ in rows if n not in keeping])
    connection.executemany("INSERT INTO told (mark) VALUES (?)", [(mark,) for mark in wanted[same:]])
