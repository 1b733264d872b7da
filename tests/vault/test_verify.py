"""Verification: what is not as it was written is found and named, wherever it lies; it can pause and stop."""

from __future__ import annotations

import random
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from tests.vault.content import bring, item, power
from tests.vault.lives import bring_files, key_of, new, opened
from vault_app.vault import header, verify
from vault_app.vault.errors import VaultError
from vault_app.vault.vault import Vault
from vault_app.vault.verify import Progress


class World:
    """A closed vault with two packs, and its data key."""

    def __init__(self, at: Path) -> None:
        vault = new(at / "Coffre")
        bring(vault, *(item(n, day=n) for n in range(50)), samples=power((1, "5"), (2, "6")))
        bring_files(vault, secrets.token_bytes(80_000))
        bring_files(vault, secrets.token_bytes(80_000))
        self.place, self.key = vault.folder.root, key_of(vault)
        vault.close()

    def open(self) -> Vault:
        return opened(self.place, self.key)

    def problems(self) -> tuple[str, ...]:
        """What a full verification finds; a vault that does not open says so as well."""
        try:
            vault = self.open()
        except VaultError:
            return ("opening",)
        found = vault.verify().problems
        vault.leave()
        return found


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_each_flipped_bit_of_each_file_is_found(world: World, tmp_path: Path):
    chance = random.Random(6)
    files = [path for path in world.place.rglob("*") if path.is_file()]
    looked_at = [path for path in files if path.name not in {"LISEZ-MOI.txt", "lock", "ballast"}]
    assert len(looked_at) == 5
    for path in looked_at:
        whole = path.read_bytes()
        other_header = {name: (world.place / name).read_bytes() for name in header.NAMES}
        for _ in range(6):
            at = chance.randrange(len(whole))
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
            assert world.problems() != (), (path.name, at)
            path.write_bytes(whole)
            for name, data in other_header.items():
                (world.place / name).write_bytes(data)
    assert world.problems() == ()


def test_packs_that_changed_places_are_found(world: World):
    one, other = sorted((world.place / "packs").iterdir())
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    assert world.problems() == ("packs",)


def test_a_damaged_copy_of_the_header_is_told_while_the_other_opens_the_vault(world: World):
    vault = world.open()
    (world.place / "header.b").write_bytes(bytes(4096))
    assert vault.verify().problems == ("header",)
    vault.leave()


def test_after_a_crash_a_missing_pack_is_told_at_once_and_nothing_is_swept(world: World):
    vault = world.open()
    bring(vault, item(99))
    vault.leave()
    one, other = sorted((world.place / "packs").iterdir())
    one.unlink()
    (world.place / "packs" / f"{'ab' * 16}.pack").write_bytes(b"unknown")
    vault = world.open()
    assert vault.at_opening is not None
    assert vault.at_opening.problems == ("packs",)
    assert len(list((world.place / "packs").iterdir())) == 2
    vault.leave()
    assert other.exists()


def test_after_a_clean_close_nothing_is_looked_at_and_nothing_is_written(world: World):
    before = {path: path.read_bytes() for path in world.place.rglob("*") if path.is_file()}
    vault = world.open()
    assert vault.at_opening is None
    assert verify.quick(vault.inside).problems == ()
    vault.close()
    assert {path: path.read_bytes() for path in world.place.rglob("*") if path.is_file()} == before


def test_progress_grows_to_the_end_and_whoever_raises_stops_it(world: World):
    vault = world.open()
    told: list[Progress] = []
    verdict = vault.verify(told.append)
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert all(step.done <= step.total for step in told)
    assert {step.look for step in told} == set(verdict.checked)
    looked = 0

    def stop(step: Progress) -> None:
        nonlocal looked
        looked += 1
        if step.look == "packs":
            raise InterruptedError

    with suppress(InterruptedError):
        vault.verify(stop)
    assert looked == 4
    vault.leave()


def test_a_whole_older_vault_put_back_cannot_be_told_from_the_vault_alone(world: World, tmp_path: Path):
    old = tmp_path / "old"
    shutil.copytree(world.place, old)
    vault = world.open()
    bring(vault, item(77))
    vault.close()
    shutil.rmtree(world.place)
    shutil.copytree(old, world.place)
    assert world.problems() == ()
