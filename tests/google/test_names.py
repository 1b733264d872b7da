"""Folder and file names are translated, renamed, spelt in other ways and split over parts: what is read stays the same.

The real French Takeout is packed anew under other names; keys, kinds and all fields must not change.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.importing import run, sample

ZIP = "google/takeout-fr-2022/takeout-20220516T075556Z-001.zip"
Rename = Callable[[str, int], str]

ENGLISH = {
    "Mon activité": "My Activity",
    "MonActivité": "MyActivity",
    "Historique des positions": "Location History",
    "Recherche d_images": "Image Search",
    "Recherche de vidéos": "Video Search",
    "Recherche": "Search",
    "Aide": "Help",
}
GERMAN = {
    "Mon activité": "Meine Aktivitäten",
    "MonActivité": "MeineAktivitäten",
    "Historique des positions": "Standortverlauf",
    "Recherche d_images": "Bildersuche",
    "Recherche": "Suche",
    "archive_browser": "Archiv_Übersicht",
}
SPANISH = {
    "Mon activité": "Mi actividad",
    "MonActivité": "MiActividad",
    "Historique des positions": "Historial de ubicaciones",
    "Recherche": "Búsqueda",
}


def translated(words: dict[str, str]) -> Rename:
    def rename(path: str, _: int) -> str:
        parts = path.replace("\u00a0", " ").split("/")
        stems = (part.removesuffix(".json").removesuffix(".html") for part in parts)
        return "/".join(words.get(stem, stem) + part[len(stem) :] for stem, part in zip(stems, parts, strict=True))

    return rename


RENAMES: dict[str, Rename] = {
    "English": translated(ENGLISH),
    "German": translated(GERMAN),
    "Spanish": translated(SPANISH),
    "no-break spaces everywhere": lambda path, _: path.replace(" ", "\u00a0"),
    "narrow no-break spaces": lambda path, _: path.replace("\u00a0", "\u202f"),
    "letters and accents apart": lambda path, _: unicodedata.normalize("NFD", path),
    "accents broken by an unpacker": lambda path, _: path.encode().decode("latin-1"),
    "no folder around it": lambda path, _: path.removeprefix("Takeout/"),
    "meaningless": lambda path, number: f"{number}{Path(path).suffix}",
    "no suffix": lambda _, number: f"file {number}",
}


def contents() -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(sample(ZIP)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist() if not name.endswith("/")]


def pack(path: Path, members: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@cache
def expected() -> list[str]:
    return sorted(run(sample(ZIP)).lines())


@pytest.mark.parametrize("how", RENAMES)
def test_other_names_give_the_same_records(tmp_path: Path, how: str) -> None:
    members = [(RENAMES[how](name, number), data) for number, (name, data) in enumerate(contents())]
    assert len({name for name, _ in members}) == 26
    found = run(pack(tmp_path / "anything.zip", members))
    assert found.outcomes == {"read": 26}
    assert sorted(found.lines()) == expected()


@pytest.mark.parametrize("second", ["takeout-20220516T075556Z-002.zip", "takeout-20220516T075556Z-002 (1).zip"])
def test_two_parts_give_the_same_records(tmp_path: Path, second: str) -> None:
    """A member that stands in both parts is read once."""
    members = contents()
    first = pack(tmp_path / "takeout-20220516T075556Z-001.zip", members[::2] + members[1:2])
    found = run(first, pack(tmp_path / second, members[1::2]))
    assert found.outcomes == {"read": 26}
    assert sorted(found.lines()) == expected()


def test_a_part_alone_gives_its_share(tmp_path: Path) -> None:
    found = run(pack(tmp_path / "takeout-20220516T075556Z-002.zip", contents()[1::2]))
    assert found.outcomes == {"read": 13}
    assert not found.notices
    assert set(found.lines()) < set(expected())
