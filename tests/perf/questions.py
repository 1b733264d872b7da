"""What a person asks of a filled vault, each many times, warm; seconds as medians and 95th percentiles."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from tests.perf import clock
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.vault.driver import Connection
from vault_app.vault.rows import RowPlaces
from vault_app.vault.vault import Vault

_HITS = "SELECT rowid FROM item_text WHERE item_text MATCH ? ORDER BY rowid DESC LIMIT 50"
_COUNT = "SELECT count(*) FROM item_text WHERE item_text MATCH ?"
_PERIOD = _COUNT + " AND rowid BETWEEN ? AND ?"
_ROWS = "SELECT id, kind, source, start, title, text, parties FROM item WHERE id IN ({}) ORDER BY id DESC"
_DENSITY = "SELECT day, kind, sum(n) FROM density GROUP BY day, kind"
_GROUPED = (
    "SELECT id >> 20, kind, count(*) FROM item"
    " WHERE import NOT IN (SELECT id FROM import WHERE state = 'running') GROUP BY 1, 2"
)


def ask(vault: Vault) -> dict[str, Any]:
    """All questions of one vault."""
    connection = vault.read()
    random_ = random.Random(3)
    texts = [text for (text,) in connection.execute("SELECT text FROM item ORDER BY id DESC LIMIT 400 OFFSET 20000")]
    texts = [text for text in texts if len(text.split()) > 3]
    frequent, rare = _words(connection, texts)
    total = int(connection.execute("SELECT sum(n) FROM density").fetchone()[0])
    places = RowPlaces(connection)
    return {
        "items": total,
        "word": _p95(lambda text: _found(connection, f'"{random_.choice(text.split())}"'), texts),
        "two": _p95(lambda text: _found(connection, " ".join(f'"{word}"' for word in text.split()[:2])), texts),
        "phrase": _p95(lambda text: _found(connection, f'"{" ".join(text.split()[1:3])}"'), texts),
        "app": _p95(lambda text: facts.page(vault, Selection(text=text.split()[0]), 50), texts[:40]),
        "key press": _p95(lambda text: _found(connection, f'"{max(text.split(), key=len)[:3]}"*'), texts),
        "rare count": _median(lambda: connection.execute(_COUNT, (rare,)).fetchall(), 20),
        "rare like": _median(
            lambda: connection.execute("SELECT count(*) FROM item WHERE text LIKE ?", (f"%{rare[1:-1]}%",)).fetchall(),
            3,
        ),
        "overview": _median(lambda: connection.execute(_DENSITY).fetchall(), 9),
        "group by": _median(lambda: connection.execute(_GROUPED).fetchall(), 3),
        "share": int(connection.execute(_COUNT, (frequent,)).fetchone()[0]) / total,
        "months": _median(lambda: _by_month(connection, frequent), 3),
        "months group by": _median(
            lambda: connection.execute(
                "SELECT strftime('%Y-%m', (rowid >> 20) * 86400, 'unixepoch'), count(*) FROM item_text"
                " WHERE item_text MATCH ? GROUP BY 1",
                (frequent,),
            ).fetchall(),
            3,
        ),
        "first page": _first_page(vault),
        "places": _median(lambda: RowPlaces(connection), 5),
        "jump": _p95(lambda row: _page(connection, places, row), [random_.randrange(total) for _ in range(300)]),
    }


def _words(connection: Connection, texts: Sequence[str]) -> tuple[str, str]:
    """A word of about 9 % of the items, and a rare one."""
    words = sorted({word for text in texts for word in text.split()})
    counted = [(connection.execute(_COUNT, (f'"{word}"',)).fetchone()[0], f'"{word}"') for word in words[::7]]
    return max(counted)[1], min(counted)[1]


def _found(connection: Connection, question: str) -> list[Any]:
    ids = [item for (item,) in connection.execute(_HITS, (question,))]
    return connection.execute(_ROWS.format(",".join("?" * len(ids))), ids).fetchall()


def _by_month(connection: Connection, word: str) -> list[int]:
    """One count a month: no look at the items, and the index skips from month to month."""
    first, last = connection.execute("SELECT min(day), max(day) FROM density WHERE day > -1000000").fetchone()
    starts = range(first // 30 * 30, last + 31, 30)
    return [
        connection.execute(_PERIOD, (word, day << 20, (after << 20) - 1)).fetchone()[0]
        for day, after in pairwise(starts)
    ]


def _first_page(vault: Vault) -> float:
    """A new connection, and the newest 256 items on it: what follows the derivation of the key."""

    def look() -> None:
        connection = vault._database.reader()
        connection.execute("SELECT * FROM item ORDER BY id DESC LIMIT 256").fetchall()
        connection.close()

    return _median(look, 9)


def _page(connection: Connection, places: RowPlaces, row: int) -> list[Any]:
    ids = places.ids(connection, row, 256)
    return connection.execute(_ROWS.format(",".join("?" * len(ids))), ids).fetchall()


def _p95(work: Callable[[Any], object], cases: Sequence[Any]) -> float:
    for case in cases:
        work(case)
    spent = sorted(_timed(lambda case=case: work(case)) for case in cases)
    return spent[int(len(spent) * 0.95)]


def _median(work: Callable[[], object], times: int) -> float:
    return statistics.median(_timed(work) for _ in range(times))


def _timed(work: Callable[[], object]) -> float:
    start = clock.now()
    work()
    return clock.now() - start
