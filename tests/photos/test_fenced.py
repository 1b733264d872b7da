"""The tags of a picture are read inside the fence, where nothing can be loaded any more."""

from __future__ import annotations

from pathlib import Path

from tests.photos.test_pictures import SUMMER_US, picture
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault


def test_pictures_come_into_the_vault_with_their_time_and_one_that_cannot_be_read_without(tmp_path: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    for sort, name in (("JPEG", "a.jpg"), ("PNG", "b.png"), ("WEBP", "c.webp")):
        (folder / name).write_bytes(picture(sort, zone="+02:00"))
    (folder / "d.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(200))
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    try:
        with closing_parts([folder]) as parts:
            run_import(vault, recognise(parts))
        found = facts.facts(vault, Selection())
        assert {fact.title: fact.start for fact in found} == {
            "a.jpg": SUMMER_US,
            "b.png": SUMMER_US,
            "c.webp": SUMMER_US,
            "d.heic": None,
        }
    finally:
        vault.close()
