"""A vault over its life, for tests: files in it, opened again without the price of the derivation, compared whole."""

from __future__ import annotations

from pathlib import Path

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import batch, item
from vault_app.vault import header
from vault_app.vault import vault as vault_module
from vault_app.vault.driver import Connection
from vault_app.vault.header import Unlocked
from vault_app.vault.keys import Key
from vault_app.vault.packs import PackFolder
from vault_app.vault.vault import Vault


def new(place: Path) -> Vault:
    """A new vault, open, that the test closes itself."""
    return Vault.create(place, PHRASE, profile=QUICK).vault


def key_of(vault: Vault) -> bytes:
    """The data key of an open vault, to open it again without a derivation."""
    return bytes(vault.inside.data_key.bytes)


def opened(place: Path, key: bytes) -> Vault:
    """A vault opened with its data key."""
    return vault_module._opened(
        place, lambda: Unlocked(Key(bytearray(key)), header.read(place)[0].header, healed=False)
    )


def reopened(vault: Vault) -> Vault:
    """The same vault after its process died."""
    place, key = vault.folder.root, key_of(vault)
    vault._leave()
    return opened(place, key)


def bring_files(vault: Vault, *contents: bytes) -> int:
    """One import of as many items, each with a file of these bytes."""
    writer = vault.imports.begin("photos.zip", 1, str(len(contents)), ["google"], [("a.json", 1)])
    for place, content in enumerate(contents):
        file = writer.file(f"photo {place}.jpg", "image/jpeg", 0)
        file.write(content)
        file.finish()
    writer.items("google", batch(*(item(number) for number in range(len(contents)))), {})
    writer.member_done(0, "read", len(contents), "")
    return writer.complete().id


def packs_of(vault: Vault) -> list[bytes]:
    """The ids of the pack files in the folder."""
    return list(PackFolder(vault.folder.packs, vault.inside.keys).finished())  # type: ignore[arg-type]


def files_of(folder: Path) -> list[str]:
    """The names in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


def rows(connection: Connection, *, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """All rows of all tables, but of those named; of the full text its own tables."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: sorted(repr(row) for row in connection.execute(f'SELECT * FROM "{name}"'))
        for (name,) in names
        if name not in (*but, "item_text")
    }
