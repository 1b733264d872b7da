"""The same code on plain SQLite: the vault's own connections without a key. For measuring only, in a process of its own."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from vault_app.vault import driver
from vault_app.vault.driver import Connection, Mode
from vault_app.vault.keys import Key


def without_key() -> None:
    """From here on this process opens databases that are not encrypted."""
    driver.connect = _connect
    driver._refuse_plain = lambda _path, _mode: None


def _connect(path: Path, key: Key, salt: bytes, mode: Mode) -> Connection:
    connection: Connection = sqlcipher.connect(
        driver._uri(path, mode), uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    settings = ["page_size=8192"] if mode is Mode.CREATE else []
    settings += ["temp_store=MEMORY", "auto_vacuum=INCREMENTAL", "journal_mode=WAL", "secure_delete=ON", "mmap_size=0"]
    settings += ["foreign_keys=ON", "synchronous=NORMAL", "journal_size_limit=16777216", "trusted_schema=OFF"]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}").fetchall()
    driver.cache(connection, driver.READ_CACHE_KIB)
    return connection
