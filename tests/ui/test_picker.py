"""On a shared computer files are chosen in our own dialog, which sees removable drives and downloads only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from vault_app.ui import picker
from vault_app.ui.flows.places import Places, shared_roots
from vault_app.ui.own_picker import OwnPicker

UI = Path(picker.__file__).parent


@pytest.fixture
def key(tmp_path: Path) -> Path:
    for name in ("key/Archives", "key/.hidden", "home"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("key/takeout.zip", "key/<b>gras.csv", "key/Archives/a.csv", "key/Archives/b.csv", "home/private.txt"):
        (tmp_path / name).touch()
    (tmp_path / "key" / "way-out").symlink_to(tmp_path / "home")
    return tmp_path / "key"


def test_it_never_leaves_its_roots(key: Path) -> None:
    places = Places([key])
    assert not places.up()
    assert not places.go(key.parent)
    assert not places.go(key / ".." / "home")
    assert not places.go(key / "way-out")
    assert places.here == key
    assert places.go(key / "Archives")
    assert places.up()
    assert places.here == key


def test_it_shows_folders_first_and_neither_hidden_files_nor_ways_out(key: Path) -> None:
    folders, files = Places([key]).entries()
    assert [path.name for path in folders] == ["Archives"]
    assert [path.name for path in files] == ["<b>gras.csv", "takeout.zip"]


def test_a_folder_that_cannot_be_read_is_empty(key: Path) -> None:
    places = Places([key])
    places.here = key / "gone"
    assert places.entries() == ([], [])


def test_the_key_is_the_first_root(key: Path) -> None:
    assert shared_roots(key)[0] == key


def test_files_are_taken_from_the_list(qapp: QApplication, key: Path) -> None:
    dialog = OwnPicker("?", Places([key]), "files")
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "Archives",
        "<b>gras.csv",
        "takeout.zip",
    ]
    dialog.list.itemActivated.emit(dialog.list.item(0))
    dialog.list.selectAll()
    dialog.take.click()
    assert dialog.chosen == [key / "Archives" / "a.csv", key / "Archives" / "b.csv"]
    assert dialog.result() == OwnPicker.DialogCode.Accepted


def test_a_folder_is_the_one_shown_or_the_one_marked(qapp: QApplication, key: Path) -> None:
    dialog = OwnPicker("?", Places([key]), "folder")
    dialog.take.click()
    assert dialog.chosen == [key]
    dialog.list.setCurrentRow(0)
    dialog.take.click()
    assert dialog.chosen == [key / "Archives"]
    assert dialog.list.item(1).flags() == Qt.ItemFlag.NoItemFlags


@pytest.mark.parametrize("name", ["", "../elsewhere.pdf", "a/b.pdf", ".."])
def test_a_new_file_has_a_plain_name(qapp: QApplication, key: Path, name: str) -> None:
    dialog = OwnPicker("?", Places([key]), "new", name)
    dialog.take.click()
    assert dialog.chosen == []
    dialog.name.setText("sheet.pdf")
    dialog.take.click()
    assert dialog.chosen == [key / "sheet.pdf"]


def test_no_other_part_of_the_window_opens_a_file_dialog() -> None:
    dialogs = re.compile(r"QFileDialog|QFileSystemModel|addRecent")
    found = {path.name for path in UI.rglob("*.py") if dialogs.search(path.read_text(encoding="utf-8"))}
    assert found == {"picker.py"}
