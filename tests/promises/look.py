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
from vault_app.vault.errors import BadRescueCode, DamagedVault, VaultError, WrongPassword
from vault_app.vault.keys import Kdf, Key
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

OLD_PHRASE = "lanterne sabot mirador tilleul onze"
NEW_PHRASE = "galet pendule hirondelle sapin sept"
NO_PROMISE = {Op.VERIFY, Op.OPEN_WITH_RESCUE, Op.PASSWORD, Op.RESTORE}
"""Lines of the ledger that come from looking, or that stand a moment before or after what they tell."""


entered: list[Vault] = []
"""The vault that was entered last: where a workload breaks off, somebody must be able to go on with it."""


@dataclass(frozen=True)
class Expected:
    """What may be seen afterwards: one of ``pictures``, anything when there are none.

    ``made``: whether anybody was told that there is a vault.
    """

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
        "ledger": [line.op for line in ledger.lines(connection) if line.op not in NO_PROMISE],
    }
    return hashlib.blake2b(json.dumps(shown).encode(), digest_size=12).hexdigest() + f" {_password(vault)}"


def enter(place: Path, code: str) -> Vault:
    """Open a vault with whatever the person has in hand: the rescue sheet, or a passphrase. No line in the ledger.

    Raises as ``Vault.open``.
    """
    vault_id = header.read(place)[0].header.vault_id
    try:
        unlocked = header.unlock_with_rescue(place, rescue.read(code, vault_id))
    except (WrongPassword, BadRescueCode):
        try:
            unlocked = header.unlock(place, passphrase.prepared(NEW_PHRASE))
        except WrongPassword:
            unlocked = header.unlock(place, passphrase.prepared(OLD_PHRASE))
    entered[:] = [Vault.open_unlocked(place, unlocked)]
    return entered[0]


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
            if expected.pictures and picture(vault) not in expected.pictures:
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
        number, before = go_on(enter(place, code))
        with opened(place, code) as vault:
            if picture(vault) != before or number not in {row.id for row in vault.imports.complete()}:
                return "what was brought afterwards is not there"
            problems = vault.verify().problems
            return f"verify, afterwards: {', '.join(problems)}" if problems else ""
    except Exception as error:  # noqa: BLE001 - whatever it is, one cannot go on
        return f"cannot go on: {type(error).__name__} {error}"


def go_on(vault: Vault) -> tuple[int, str]:
    """Remove what is half, bring something, close; returns the number of that import, and what was seen at the end."""
    for row in vault.imports.running():
        vault.imports.resume(row.id).abandon()
    number = bring(vault, item(987_654, day=4000))
    seen = picture(vault)
    vault.close()
    return number, seen


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
