"""S8, S9 and S11: what can be measured on one vault: noise in its files, times of unlocking, edits of the ledger."""

from __future__ import annotations

import base64
import random
import secrets
import shutil
import time
from collections import Counter
from math import log2

from tests.promises.laboratory import scratch
from tests.promises.look import NEW_PHRASE, OLD_PHRASE
from tests.vault import bare_vault
from tests.vault.content import bring, item
from vault_app.vault import driver, ledger, slots
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

CLEAR = {"header.a", "header.b", "LISEZ-MOI.txt", "lock"}
"""Files that are readable by design."""


def plaintext(tokens: int) -> tuple[float, list[str]]:
    """A vault full of tokens: the least entropy of a file in bits a byte, and the tokens that a file shows."""
    where = scratch()
    try:
        place = where / "vault"
        vault = Vault.create(place, OLD_PHRASE, profile=bare_vault.QUICK).vault
        words = [secrets.token_hex(12) for _ in range(tokens)]
        bring(vault, *(item(n, title=word, text=word) for n, word in enumerate(words)))
        writer = vault.imports.begin("jeton.zip", 1, "", ["google"], [("a", 1)])
        file = writer.file(words[0], "text/plain", 0)
        file.write("\n".join(words).encode() * 2000)
        writer.kept(0, file.finish())
        writer.complete()
        vault.leave()
        files = [path for path in place.rglob("*") if path.is_file()]
        shown = [f"{path.name} shows a token" for path in files if _shows(path.read_bytes(), words)]
        noise = [_entropy(path.read_bytes()) for path in files if path.name not in CLEAR]
        return min(noise), shown
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _shows(content: bytes, words: list[str]) -> bool:
    folded = content.lower()
    for word in words:
        raw = word.encode()
        spelled = (raw, word.encode("utf-16-le"), raw.hex().encode(), base64.b64encode(raw)[:-4].lower())
        if any(spelling in folded for spelling in spelled):
            return True
    return False


def _entropy(content: bytes) -> float:
    counts = Counter(content)
    return -sum(n / len(content) * log2(n / len(content)) for n in counts.values())


TIMES = 3
"""The least of so many is told: other work on the machine only adds."""


def unlocking() -> tuple[float, float, float]:
    """Seconds of the processor: opening with an ordinary password, without the derivation, and changing it."""
    tried = [_unlocking() for _ in range(TIMES)]
    opening, cheap, changing = (min(times) for times in zip(*tried, strict=True))
    return opening, cheap, changing


def _unlocking() -> tuple[float, float, float]:
    where = scratch()
    try:
        place = where / "vault"
        made = Vault.create(place, OLD_PHRASE)
        made.vault.close()
        start = time.process_time()
        Vault.open(place, OLD_PHRASE).close()
        opening = time.process_time() - start
        vault = Vault.open_rescue(place, made.rescue_code)
        vault.close()
        start = time.process_time()
        vault = Vault.open_rescue(place, made.rescue_code)
        cheap = time.process_time() - start
        start = time.process_time()
        slots.change_password(vault, NEW_PHRASE)
        changing = time.process_time() - start
        vault.close()
        return opening, cheap, changing
    finally:
        shutil.rmtree(where, ignore_errors=True)


def ledger_edits(count: int, seed: int = 1) -> list[str]:
    """Random edits, deletions, swaps and cuts of a ledger of forty lines: those that its check lets pass."""
    where = scratch()
    try:
        bare = bare_vault.make(where / "vault")
        key = bare.data_key.subkey("ledger")
        with driver.durably(bare.connection):
            for n in range(40):
                head = ledger.append(bare.connection, key, list(Op)[n % len(Op)], {"import": n})
        passed = []
        for number in range(count):
            chance = random.Random(f"{seed} {number}")
            bare.connection.execute("BEGIN")
            what = _edit(bare.connection, chance)
            if ledger.verify(bare.connection, key, head).broken is None:
                passed.append(f"edit {number}: {what}")
            bare.connection.execute("ROLLBACK")
        bare.close()
        return passed
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _edit(connection: driver.Connection, chance: random.Random) -> str:
    at, other = chance.sample(range(1, 41), 2)
    edits = {
        "time": "UPDATE ledger SET time = time + 1 WHERE n = :at",
        "op": "UPDATE ledger SET op = op || 'x' WHERE n = :at",
        "detail": "UPDATE ledger SET detail = replace(detail, ':', ':1') WHERE n = :at",
        "mac": "UPDATE ledger SET mac = randomblob(32) WHERE n = :at",
        "deletion": "DELETE FROM ledger WHERE n = :at",
        "cut": "DELETE FROM ledger WHERE n >= :at",
    }
    what = chance.choice([*edits, "swap"])
    if what == "swap":
        columns = "time, op, detail, mac"
        one, two = (
            connection.execute(f"SELECT {columns} FROM ledger WHERE n = ?", (n,)).fetchone() for n in (at, other)
        )
        for row, n in ((two, at), (one, other)):
            connection.execute("UPDATE ledger SET time = ?, op = ?, detail = ?, mac = ? WHERE n = ?", (*row, n))
    else:
        connection.execute(edits[what], {"at": at})
    return f"{what} of line {at}"
