"""What a damaged vault still gives: rows around bad pages, objects of bad packs, and the way to get the rest back."""

from __future__ import annotations

import random
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from importers.records import Handle, Item, Role
from tests.vault.content import batch, bring, content, item, power, pulse
from tests.vault.lives import bring_files, key_of, new, opened, rows
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.vault import header, salvage, walking
from vault_app.vault.driver import PAGE, Database
from vault_app.vault.errors import DamagedVault
from vault_app.vault.header import Unlocked
from vault_app.vault.keys import Key
from vault_app.vault.salvage import Salvaged
from vault_app.vault.vault import Vault

ITEMS, EVERY = 6000, 6001
PHOTO, OTHER = secrets.token_bytes(300_000), secrets.token_bytes(90_000)
WHO = tuple(Role("from", name, Handle("email", f"{name.lower()}@example.org")) for name in ("Lucette", "Marcel"))


@dataclass
class World:
    """A closed vault of about 1,500 pages, its data key, and a folder for others."""

    place: Path
    key: bytes
    at: Path

    def copy(self) -> Path:
        to = self.at / secrets.token_hex(4)
        shutil.copytree(self.place, to)
        return to

    def salvaged(self, damaged: Path) -> tuple[Salvaged, Vault]:
        """What comes of a damaged copy, and the new vault, open."""
        to = damaged.with_name(damaged.name + " sauvé")
        unlocked = Unlocked(Key(bytearray(self.key)), header.read(damaged)[0].header, healed=False)
        done = salvage.salvage(damaged, unlocked, to)
        return done, opened(to, self.key)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    at = tmp_path_factory.mktemp("salvage")
    vault = new(at / "Coffre")
    given = archive()
    for first in range(0, ITEMS, 1500):
        bring(vault, *given[first : first + 1500], samples=pulse(first * 100, 9000))
    bring(vault, *given[:10], samples=power((1, "5"), (2, "6")))
    bring_files(vault, PHOTO)
    bring_files(vault, OTHER)
    key = key_of(vault)
    vault.close()
    return World(at / "Coffre", key, at)


def archive() -> list[Item]:
    """The items of the archive; the same ones each time."""
    chance = random.Random(1)
    words = [f"mot{number}" for number in range(200)]
    return [
        item(n, day=n // 20, text=" ".join(chance.choices(words, k=240)), parties=(WHO[n % 2],)) for n in range(ITEMS)
    ]


def damage(place: Path, seed: int, share: float = 0.0) -> int:
    """Overwrite pages by chance, one at least, but never the first; returns how many."""
    (database,) = place.glob("vault-*.db")
    pages = database.stat().st_size // PAGE
    count = max(1, round(pages * share))
    with database.open("r+b") as file:
        for page in random.Random(seed).sample(range(1, pages), count):
            file.seek(page * PAGE + 100)
            file.write(b"\xaa" * 50)
    return count


def test_of_a_sound_vault_everything_is_saved(world: World):
    whole = opened(world.place, world.key)
    expected, all_rows = content(whole), rows(whole.read(), but=SAVED_OTHERWISE)
    whole.leave()
    done, vault = world.salvaged(world.copy())
    assert done.verdict.problems == ()
    assert (done.holes, done.lost_files) == (0, 0)
    assert done.kept["item"] == EVERY
    assert content(vault) == expected
    assert rows(vault.read(), but=SAVED_OTHERWISE) == all_rows
    assert [vault.attachment(n) for n in (1, 2)] == [PHOTO, OTHER]
    vault.imports.undo(1)
    assert vault.verify().problems == ()
    vault.close()


SAVED_OTHERWISE = (
    "ledger", "kept_key", "header_seen", "brought", "sqlite_sequence", "item_text_data", "item_text_idx", "import",
)  # fmt: skip
"""Tables whose rows are made anew: the same facts in other batches or keys."""


def test_every_table_is_saved_or_follows_from_those_that_are(world: World):
    vault = opened(world.place, world.key)
    names = {name for (name,) in vault.read().execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    vault.leave()
    assert {name for name in names if not name.startswith("item_text_")} - salvage.REMADE <= set(salvage.SAVED)


def test_one_bad_page_costs_no_more_than_its_rows(world: World):
    shares = []
    for seed in range(3):
        place = world.copy()
        damage(place, seed)
        done, vault = world.salvaged(place)
        assert done.verdict.problems == ()
        shares.append(done.kept["item"] / (EVERY))
        vault.leave()
        shutil.rmtree(place)
    assert sum(shares) / len(shares) >= 0.999, shares


def test_half_a_percent_of_bad_pages_leaves_97_percent(world: World):
    shares = []
    for seed in (10, 11):
        place = world.copy()
        assert damage(place, seed, 0.005) > 5
        done, vault = world.salvaged(place)
        assert done.verdict.problems == ()
        assert done.holes > 0
        shares.append(done.kept["item"] / (EVERY))
        vault.leave()
        shutil.rmtree(place)
    assert sum(shares) / len(shares) >= 0.97, shares


def test_what_was_lost_comes_back_with_the_same_archive(world: World):
    place = world.copy()
    damage(place, 3, 0.01)
    done, vault = world.salvaged(place)
    lost = EVERY - done.kept["item"]
    assert lost > 0
    writer = vault.imports.begin("essai.zip", 1, "again", ["google"], [("a.json", 1)])
    given = archive()
    parts = [batch(*given[first : first + 1000]) for first in range(0, ITEMS, 1000)]
    added = sum(writer.items("google", part, {}).new for part in parts)
    writer.member_done(0, "read", ITEMS, "")
    writer.complete()
    assert added >= lost - 1
    assert facts.count(vault, Selection()) == done.kept["item"] + added
    assert vault.verify().problems == ()
    vault.close()


def test_an_object_in_a_bad_pack_is_lost_alone(world: World):
    place = world.copy()
    packs = sorted((place / "packs").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(packs[1].read_bytes())
    data[150_000] ^= 1
    packs[1].write_bytes(data)
    done, vault = world.salvaged(place)
    assert done.lost_files == 1
    assert done.verdict.problems == ()
    assert vault.attachment(1) == b""
    assert vault.attachment(2) == OTHER
    vault.close()


def test_a_first_page_that_does_not_read_is_said(world: World):
    place = world.copy()
    (database,) = place.glob("vault-*.db")
    with database.open("r+b") as file:
        file.seek(200)
        file.write(b"\0" * 100)
    with pytest.raises(DamagedVault):
        world.salvaged(place)
    assert not place.with_name(place.name + " sauvé").exists()


def test_stopped_in_the_middle_it_leaves_nothing_and_can_begin_again(world: World):
    place = world.copy()
    to = place.with_name(place.name + " sauvé")

    def stop(_: str, count: int) -> None:
        assert (to / "packs").is_dir()
        if count >= 2000:
            raise InterruptedError

    unlocked = Unlocked(Key(bytearray(world.key)), header.read(place)[0].header, healed=False)
    with pytest.raises(InterruptedError):
        salvage.salvage(place, unlocked, to, stop)
    assert not to.exists()
    done, vault = world.salvaged(place)
    vault.close()
    assert done.holes == 0


def test_the_damaged_vault_stays_as_it_is(world: World):
    place = world.copy()
    damage(place, 4)
    before = {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    _, vault = world.salvaged(place)
    vault.leave()
    assert {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_a_walk_yields_each_row_that_reads_once_and_in_order(world: World):
    place = world.copy()
    damage(place, 5, 0.02)
    head = header.read(place)[0].header
    key = Key(bytearray(world.key)).subkey("db")
    walker = walking.Walker(Database(place / head.database, key, head.salt))
    for table in (
        walking.Table("item", ("id",), ("title",)),
        walking.Table("item_actor", ("actor", "item"), ()),
    ):
        seen = [row[: len(table.key)] for row in walker.rows(table)]
        assert seen == sorted(set(seen))
        assert len(seen) > ITEMS * 0.8
    walker.close()
