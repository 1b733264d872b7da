"""After an interrupted export: Home offers to delete what it left half, deletes that alone, or keeps it."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.cli.selfdata import PASSPHRASE, Selfdata
from tests.promises.exporting import files_of
from tests.share.killed import killed_export
from tests.ui.test_accessibility import nameless
from tests.ui.test_keyboard import missed, reachable, tab_round
from tests.ui.windows import (
    button_called,
    frame_of,
    go,
    house_of,
    press,
    seen,
    settings_in,
    settle,
    texts,
    wait_for,
    window_over,
)
from tests.vault.bare_vault import QUICK
from tests.vault.content import bring, item
from vault_app.share.export import Receipt, export
from vault_app.share.targets import TARGETS
from vault_app.ui.screens.home import HomeScreen
from vault_app.ui.window import Window
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process there does not die by SIGKILL")

SAID = "Un export a été interrompu : le dossier « out.part » est incomplet."
DELETE, KEEP = "Effacer ce dossier", "Le garder"


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A vault whose export was killed, and the folder in which that left something half."""
    world = tmp_path_factory.mktemp("killed")
    command, place = Selfdata(world / "home"), world / "clé"
    made = Vault.create(command.vault, PASSPHRASE, profile=QUICK).vault
    bring(made, *(item(n) for n in range(3)))
    made.close()
    place.mkdir()
    (place / "lettre.txt").write_text("Bonjour", encoding="utf-8")
    killed_export(command, place / "out", "open", "out.part/dictionary.csv")
    return command.vault, place


@contextmanager
def started(
    qapp: QApplication, killed: tuple[Path, Path], where: Path, tongue: str = "fr", mode: str = "light"
) -> Iterator[tuple[Window, HomeScreen]]:
    """A start of the application on that vault."""
    vault = Vault.open(killed[0], PASSPHRASE)
    try:
        with window_over(qapp, vault, settings_in(where, tongue, mode)) as window:
            home = frame_of(window).current
            assert isinstance(home, HomeScreen)
            yield window, home
    finally:
        vault.close()


@pytest.fixture
def world(killed: tuple[Path, Path]) -> Iterator[tuple[Path, Path]]:
    """The same for each test: what it changed in the folder is made good."""
    kept = killed[1].with_name("kept")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(killed[1], kept)
    yield killed
    shutil.rmtree(killed[1])
    shutil.copytree(kept, killed[1])


def test_deleting_takes_the_half_folder_alone_and_the_next_start_offers_nothing(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    place = world[1]
    with started(qapp, world, tmp_path) as (window, home):
        assert SAID in texts(home)
        assert str(place) in texts(home)
        assert (place / "out.part" / "facts.csv").exists()
        heard = list[str]()
        house_of(window).announce.connect(heard.append)
        button_called(home, DELETE).click()
        settle(window)
        assert files_of(place) == {"lettre.txt": b"Bonjour"}
        assert not (place / "out.part").exists()
        assert heard == ["Le dossier est effacé."]
        assert "interrompu" not in texts(home)
    with started(qapp, world, tmp_path) as (_, home):
        assert home.half.isHidden()


def test_what_is_kept_is_asked_about_at_the_next_start_only(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    before = files_of(world[1])
    with started(qapp, world, tmp_path) as (window, home):
        button_called(home, KEEP).click()
        settle(window)
        assert home.half.isHidden()
        window._change("language", "en")
        settle(window)
        assert "interrupted" not in texts(go(window, "home"))
        house_of(window).changed.emit()
        settle(window)
        assert "interrupted" not in texts(go(window, "home"))
    assert files_of(world[1]) == before
    with started(qapp, world, tmp_path) as (_, home):
        assert SAID in texts(home)


@pytest.mark.parametrize(("tongue", "mode"), [("fr", "light"), ("en", "dark")])
def test_it_is_told_in_both_languages_and_reached_by_keys(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path, tongue: str, mode: str
) -> None:
    with started(qapp, world, tmp_path, tongue, mode) as (window, home):
        said = SAID if tongue == "fr" else "An export was interrupted: the folder “out.part” is incomplete."
        assert said in texts(home)
        assert not nameless(window)
        for made in (home.half.delete, home.half.keep):
            assert "out.part" in made.accessibleName()
        window.activateWindow()
        wait_for(window.isActiveWindow, "the window to be active")
        home.half.delete.setFocus()
        assert not missed(reachable(window), set(tab_round(window)))
        if os.environ.get("SHOTS"):
            window.grab().save(str(Path(os.environ["SHOTS"], f"half-{tongue}-{mode}.png")))
        home.half.keep.setFocus()
        press(window, Qt.Key.Key_Space)
        settle(window)
        assert home.half.isHidden()


def test_what_got_something_else_since_stays_and_that_is_said(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    with started(qapp, world, tmp_path) as (window, home):
        (world[1] / "out.part" / "thesis.odt").write_text("mine", encoding="utf-8")
        before = files_of(world[1])
        home.half.delete.click()
        settle(window)
        assert files_of(world[1]) == before
        assert "il n’a pas été touché" in texts(home)
        assert home.half.delete.isEnabled()
        (world[1] / "out.part" / "thesis.odt").unlink()
        home.half.delete.click()
        settle(window)
        assert files_of(world[1]) == {"lettre.txt": b"Bonjour"}


def test_what_went_by_itself_is_no_success_and_no_more_offered(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    with started(qapp, world, tmp_path) as (window, home):
        heard = list[str]()
        house_of(window).announce.connect(heard.append)
        shutil.rmtree(world[1] / "out.part")
        home.half.delete.click()
        settle(window)
        assert heard == ["Le dossier n’était déjà plus là."]
        assert home.half.isHidden()
    shutil.copytree(world[1].with_name("kept"), world[1], dirs_exist_ok=True)
    with started(qapp, world, tmp_path) as (window, home):
        go(window, "security")
        shutil.rmtree(world[1] / "out.part")
        go(window, "home")
        assert home.half.isHidden()


def test_deleting_waits_for_an_export_to_the_same_place_and_takes_nothing_of_it(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    with started(qapp, world, tmp_path) as (window, home):
        house, heard, begun = house_of(window), list[str](), threading.Event()
        house.announce.connect(heard.append)

        def write(_: object) -> Receipt:
            begun.set()
            time.sleep(0.3)
            return export(house.vault, house.selection, TARGETS["csv"], world[1] / "out")

        house.tasks.write(write).start()
        assert begun.wait(10)
        home.half.delete.click()
        assert not home.half.delete.isEnabled()
        settle(window)
        assert {path.name for path in (world[1] / "out").iterdir()} == {"facts.csv", "dictionary.csv"}
        assert heard == ["Le dossier n’était déjà plus là."]
        assert home.half.isHidden()


def test_several_are_offered_one_after_the_other_the_newest_first(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    vault = Vault.open(world[0], PASSPHRASE)
    vault.note(Op.EXPORT_PREPARED, {"items": 3, "target": "csv", "to": str(tmp_path / ("n" * 100))})
    vault.close()
    (tmp_path / ("n" * 100 + ".part")).mkdir()
    with started(qapp, world, tmp_path) as (window, home):
        said = texts(home)
        assert "nnn…nnn" in said
        assert "nnn.part »" in said
        home.half.delete.click()
        settle(window)
        assert SAID in texts(home)
        assert not (tmp_path / ("n" * 100 + ".part")).exists()
        assert (world[1] / "out.part").exists()


def test_a_long_place_is_cut_in_the_middle_and_read_whole(
    qapp: QApplication, world: tuple[Path, Path], tmp_path: Path
) -> None:
    deep = tmp_path / ("premier" * 20) / ("milieu" * 30) / "le-dernier"
    (deep / "out.part").mkdir(parents=True)
    vault = Vault.open(world[0], PASSPHRASE)
    vault.note(Op.EXPORT_PREPARED, {"items": 3, "target": "csv", "to": str(deep / "out")})
    vault.close()
    with started(qapp, world, tmp_path) as (window, home):
        (label,) = [found for found in seen(home, QLabel) if found.accessibleName().endswith(str(deep))]
        assert isinstance(label, QLabel)
        assert label.textFormat() is Qt.TextFormat.PlainText
        for width in (1280, 1024):
            window.resize(width, 800)
            settle(window)
            assert "…" in label.text()
            assert label.text().endswith("le-dernier")
            assert label.text().startswith("Dans : /")
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        assert all(button.isVisible() for button in seen(home.half, QAbstractButton))
        shutil.rmtree(deep)
