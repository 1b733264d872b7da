"""The watcher: an archive is told once, when it is all there; nothing else is told."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.watch import MOST_SEEN, SETTLED, UNFINISHED, Find, Finds, Seen, SeenFile, worth_telling
from vault_app.learn.camille import write_archives

NEVER_READ = ("pdf", "jpg", "exe", "docx", "png", "mp4", "iso", "deb", "torrent", "AppImage")
"""Endings that no importer reads: such files are not even looked at."""

LOOKED_AT = ("zip", "txt", "csv", "html", "json")
"""Endings that importers read: the reading process looks at these files and finds nothing."""


@dataclass
class Watch:
    """A watched folder and a clock that goes on when the test says so."""

    folder: Path
    seen: Seen = field(default_factory=Seen)
    now: float = 0.0

    def __post_init__(self) -> None:
        self.finds = Finds(self.folder, seen=self.seen, clock=lambda: self.now)

    def after(self, seconds: float) -> list[Find]:
        self.now += seconds
        return self.finds.look()

    def settled(self) -> list[list[str]]:
        """The names of what is told when nothing changes for a while."""
        found = self.after(0)
        found += self.after(SETTLED)
        return [[path.name for path in find.paths] for find in found]

    def restarted(self) -> Watch:
        """The same folder after a new start, with the memory that the vault has kept."""
        return Watch(self.folder, Seen(self.seen.kept()))


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    folder = tmp_path / "Téléchargements"
    folder.mkdir()
    return Watch(folder)


def put(watch: Watch, name: str, data: bytes = b"PK\x03\x04") -> Path:
    path = watch.folder / name
    path.write_bytes(data)
    return path


def test_a_file_is_told_once_when_it_has_settled(watch: Watch) -> None:
    put(watch, "archive.zip")
    assert watch.after(0) == []
    assert watch.after(SETTLED / 2) == []
    assert watch.after(SETTLED / 2) == [Find((watch.folder / "archive.zip",))]
    assert watch.settled() == []


def test_a_file_that_grows_is_not_told_before_it_stops(watch: Watch) -> None:
    path = put(watch, "archive.zip")
    for _ in range(5):
        assert watch.after(SETTLED) == []
        with path.open("ab") as file:
            file.write(b"more")
    assert watch.settled() == [["archive.zip"]]


@pytest.mark.parametrize("ending", UNFINISHED)
def test_a_file_that_a_browser_still_writes_is_ignored_and_its_place_holder_too(watch: Watch, ending: str) -> None:
    part = put(watch, f"archive.zip{ending}")
    put(watch, "archive.zip", b"place holder")
    put(watch, "Unconfirmed 123.crdownload")
    assert watch.settled() == []
    part.replace(watch.folder / "archive.zip")
    assert watch.settled() == [["archive.zip"]]


def test_empty_files_hidden_files_and_folders_are_ignored(watch: Watch) -> None:
    put(watch, "empty.zip", b"")
    put(watch, ".hidden.zip")
    (watch.folder / "folder.zip").mkdir()
    assert watch.settled() == []


@pytest.mark.skipif(sys.platform == "win32", reason="links and named pipes as POSIX has them")
def test_links_and_devices_are_ignored(watch: Watch, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.zip"
    elsewhere.write_bytes(b"PK\x03\x04")
    (watch.folder / "link.zip").symlink_to(elsewhere)
    (watch.folder / "zero.zip").symlink_to("/dev/zero")
    (watch.folder / "dangling.zip").symlink_to(tmp_path / "nowhere")
    os.mkfifo(watch.folder / "pipe.zip")
    assert watch.settled() == []


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_parts_of_an_export_come_as_one_set_in_order(watch: Watch, order: tuple[int, ...]) -> None:
    names = [f"takeout-20250106T090000Z-00{number}.zip" for number in (1, 2, 3)]
    for number in order:
        put(watch, names[number - 1])
    put(watch, "takeout-20240101T000000Z-001.zip")
    assert sorted(watch.settled()) == [["takeout-20240101T000000Z-001.zip"], names]


def test_a_part_that_comes_later_is_told_with_the_set_that_it_belongs_to(watch: Watch) -> None:
    second = put(watch, "takeout-20250106T090000Z-002.zip")
    assert watch.settled() == [[second.name]]
    first = put(watch, "takeout-20250106T090000Z-001.zip")
    watch.after(0)
    assert watch.after(SETTLED) == [Find((first, second), told=(second,))]
    assert watch.settled() == []


def test_a_part_that_comes_after_a_new_start_is_told_with_its_set_too(watch: Watch) -> None:
    first = put(watch, "takeout-20250106T090000Z-001.zip")
    watch.settled()
    later = watch.restarted()
    second = put(watch, "takeout-20250106T090000Z-002.zip")
    later.after(0)
    assert later.after(SETTLED) == [Find((first, second), told=(first,))]


def test_what_was_told_is_not_told_again_after_a_new_start(watch: Watch) -> None:
    put(watch, "archive.zip")
    assert watch.settled() == [["archive.zip"]]
    later = watch.restarted()
    assert later.settled() == []
    put(later, "archive.zip", b"another archive of the same name")
    assert later.settled() == [["archive.zip"]]


def test_the_memory_tells_nobody_a_name_and_does_not_grow_for_ever() -> None:
    seen = Seen()
    for number in range(MOST_SEEN + 5):
        seen.add(SeenFile("releve-maladie.zip", number, 0))
    assert len(seen.kept()) == MOST_SEEN
    assert all(len(mark) == 32 and "maladie" not in mark for mark in seen.kept())
    assert SeenFile("releve-maladie.zip", 0, 0) not in seen
    assert SeenFile("releve-maladie.zip", MOST_SEEN, 0) in seen


def test_a_folder_that_goes_and_comes_back_is_watched_on(watch: Watch) -> None:
    put(watch, "archive.zip")
    assert watch.settled() == [["archive.zip"]]
    away = watch.folder.rename(watch.folder.with_name("away"))
    assert watch.settled() == []
    away.rename(watch.folder)
    put(watch, "autre.zip")
    assert watch.settled() == [["autre.zip"]]


def test_a_file_that_goes_before_it_has_settled_is_not_told(watch: Watch) -> None:
    path = put(watch, "archive.zip")
    watch.after(0)
    path.unlink()
    assert watch.after(SETTLED) == []
    path.write_bytes(b"PK\x03\x04")
    assert watch.after(SETTLED) == []


def unrelated_files(folder: Path) -> None:
    """Five hundred files as a downloads folder gathers them; their content is noise, their names are invented."""
    chance = random.Random(500)
    for number in range(490):
        ending = chance.choice(NEVER_READ)
        (folder / f"{chance.choice(['scan', 'photo', 'facture', 'setup'])} {number}.{ending}").write_bytes(
            chance.randbytes(200)
        )
    for number, ending in enumerate(LOOKED_AT):
        (folder / f"notes {number}.{ending}").write_bytes(chance.randbytes(500))
    for number, day in enumerate(("2024-03-01", "01/03/2024")):
        (folder / f"inventaire {number}.csv").write_text(f"date;piece;quantite\n{day};vis;12\n", encoding="utf-8")
    for name in ("photos de vacances", "takeout-20250106T090000Z-001", "my_spotify_data"):
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as archive:
            for number in range(3):
                archive.writestr(f"{name}/fichier {number}.dat", chance.randbytes(300))


def test_five_hundred_unrelated_files_are_no_find_among_which_a_real_one_is_found(watch: Watch, tmp_path: Path) -> None:
    unrelated_files(watch.folder)
    assert len(list(watch.folder.iterdir())) == 500
    written = tmp_path / "written"
    written.mkdir()
    real = next(path for path in write_archives(written) if "spotify" in path.name)
    real.rename(watch.folder / "téléchargement (3).zip")
    watch.after(0)
    announced = []
    for find in watch.after(SETTLED):
        assert not any(path.name.endswith(NEVER_READ) for path in find.paths)
        with closing_parts(find.paths) as parts:
            if worth_telling(recognise(parts)):
                announced.append([path.name for path in find.paths])
    assert announced == [["téléchargement (3).zip"]]
