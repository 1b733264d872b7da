"""What a person sees of a vault, as one text; and whether a vault that something happened to keeps its promises."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from tests.vault.content import bring, item
from vault_app.explore import facts, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.vault import header, keys, ledger, passphrase, rescue
from vault_app.vault.errors import DamagedVault, VaultError
from vault_app.vault.keys import Kdf, Key
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

OLD_PHRASE = "lanterne sabot mirador tilleul onze"
NEW_PHRASE = "galet pendule hirondelle sapin sept"
OF_THE_HARNESS = {Op.VERIFY, Op.OPEN_WITH_RESCUE}
"""Lines of the ledger that come from looking, not from the workload."""


@dataclass(frozen=True)
class Expected:
    """What may be seen after a crash: one of ``pictures``. ``made``: whether anybody was told that there is a vault."""

    pictures: frozenset[str]
    made: bool = True


def picture(vault: Vault) -> str:
    """A digest of everything that a person sees: facts, measures, accounts, attachments and their bytes, the ledger."""
    connection = vault.read()
    shown = {
        "facts": [plain(fact) for fact in facts.facts(vault, Selection())],
        "measured": [list(measures.samples_json(vault, row)) for row in measures.series(vault)],
        "stats": measures.stats(vault),
        "accounts": [msgspec.to_builtins(vault.imports.account(row.id)) for row in vault.imports.complete()],
        "attachments": [
            (*row, hashlib.blake2b(vault.attachment(row[0])).hexdigest())
            for row in connection.execute(
                "SELECT id, name, media_type, size FROM attachment WHERE import IN"
                " (SELECT id FROM import WHERE state = 'complete') ORDER BY id"
            ).fetchall()
        ],
        "ledger": [line.op for line in ledger.lines(connection) if line.op not in OF_THE_HARNESS],
    }
    return hashlib.blake2b(json.dumps(shown).encode(), digest_size=12).hexdigest() + f" {_password(vault)}"


def enter(place: Path, code: str) -> Vault:
    """Open a vault by the rescue code, which needs no dear derivation, and without a line in the ledger."""
    vault_id = header.read(place)[0].header.vault_id
    return Vault.open_unlocked(place, header.unlock_with_rescue(place, rescue.read(code, vault_id)))


@contextmanager
def opened(place: Path, code: str) -> Iterator[Vault]:
    """A vault for looking, left without a clean close."""
    vault = enter(place, code)
    try:
        yield vault
    finally:
        vault.leave()


def broken_promise(place: Path, code: str, expected: Expected) -> str:
    """What of the promises does not hold for a vault after a crash; empty when all hold."""
    try:
        with opened(place, code) as vault:
            problems = vault.verify().problems
            if problems:
                return f"verify: {', '.join(problems)}"
            if picture(vault) not in expected.pictures:
                return "shows neither what was there nor what was asked for"
    except VaultError as error:
        if not expected.made and not _has_header(place):
            return ""
        return f"does not open: {type(error).__name__} {error}"
    except Exception as error:  # noqa: BLE001 - whatever it is, the vault is not readable
        return f"cannot be read: {type(error).__name__} {error}"
    return ""


def goes_on(place: Path, code: str) -> str:
    """Whether one can go on with the vault: remove what is half, bring something, close, open; the reason if not."""
    try:
        vault = enter(place, code)
        for row in vault.imports.running():
            vault.imports.resume(row.id).abandon()
        number = bring(vault, item(987_654, day=4000))
        before = picture(vault)
        vault.close()
        with opened(place, code) as vault:
            if picture(vault) != before or number not in {row.id for row in vault.imports.complete()}:
                return "what was brought afterwards is not there"
            problems = vault.verify().problems
            return f"verify, afterwards: {', '.join(problems)}" if problems else ""
    except Exception as error:  # noqa: BLE001 - whatever it is, one cannot go on
        return f"cannot go on: {type(error).__name__} {error}"


def _has_header(place: Path) -> bool:
    with suppress(DamagedVault):
        return bool(header.read(place))
    return False


def _password(vault: Vault) -> str:
    """Which of the two passphrases opens the vault."""
    known = vault._header
    slot = known.slot("password")
    for phrase in (OLD_PHRASE, NEW_PHRASE):
        with suppress(VaultError):
            keys.unwrap(slot, _key_of(phrase, known.kdf), known.vault_id, known.kdf).wipe()
            return "old" if phrase == OLD_PHRASE else "new"
    return "none"


@lru_cache(maxsize=64)
def _key_of(phrase: str, kdf: Kdf) -> Key:
    return keys.from_password(passphrase.prepared(phrase), kdf)
