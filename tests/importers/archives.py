"""All invented archives, as files in memory: those of ``tests/fixtures``, and those of packed formats, made here."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import xlsxwriter

from importers.archive.parts import FolderPart
from importers.archive.view import View, open_archive
from importers.contract import Declaration, Importer
from importers.recognition import Rulebook
from importers.registry import declarations
from tests.fit.test_files import ride
from tests.fit.written import file as fit_file

Files = Mapping[str, bytes]

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
_GOLDEN = "golden.jsonl"


def _on_disk() -> dict[str, Path]:
    """What lies beside golden records is an archive: a file or a folder that has no golden records of its own.

    Texts of which a test makes a database (``.sql``) are none.
    """
    rooms = {golden.parent for golden in FIXTURES.rglob(f"*{_GOLDEN}")}
    found = [entry for room in sorted(rooms) for entry in sorted(room.iterdir()) if not entry.name.endswith(_GOLDEN)]
    holders = {above for room in rooms for above in (room, *room.parents)}
    return {
        path.relative_to(FIXTURES).as_posix(): path
        for path in found
        if path not in holders and not path.name.endswith("sql")
    }


def golden(place: Path) -> Path | None:
    """The golden records of an archive on disk: of its name, or the only ones beside it."""
    beside = sorted(place.parent.glob(f"*{_GOLDEN}"))
    named = [path for path in beside if path.name in {f"{place.name}.{_GOLDEN}", f"{place.stem}.{_GOLDEN}"}]
    return next(iter(named), beside[0] if len(beside) == 1 else None)


def _browser_of_a_telephone() -> Files:
    return {
        "browser.db": database(
            "CREATE TABLE history (_id INTEGER PRIMARY KEY, guid TEXT, url TEXT, title TEXT, visits INTEGER, date INTEGER)",
            "CREATE TABLE visits (_id INTEGER PRIMARY KEY, history_guid TEXT, visit_type INTEGER, date INTEGER, is_local INTEGER)",
            "CREATE TABLE bookmarks (_id INTEGER PRIMARY KEY, title TEXT, url TEXT, type INTEGER, parent INTEGER, created INTEGER, guid TEXT)",
            "CREATE TABLE searchhistory (_id INTEGER PRIMARY KEY, query TEXT, date INTEGER, visits INTEGER)",
            "INSERT INTO history VALUES (4, 'aaaaaaaaaaaa', 'https://jardin.example/fèves', 'Semer les fèves', 3, 1583400000000)",
            "INSERT INTO visits VALUES (9, 'aaaaaaaaaaaa', 1, 1583400000123456, 1)",
            "INSERT INTO bookmarks VALUES (12, 'Dossier du jardin', NULL, 0, 0, 1583300000000, 'bbbbbbbbbbbb')",
            "INSERT INTO bookmarks VALUES (13, 'Le calendrier', 'https://jardin.example/lune', 1, 12, 1583300050000, 'cccccccccccc')",
            "INSERT INTO searchhistory VALUES (21, 'voile de forçage', 1583400100000, 2)",
        )
    }


def _browser_of_the_keyboard() -> Files:
    return {
        "history.sqlite": database(
            "CREATE TABLE History (title TEXT, url TEXT, atime INTEGER, redirect INTEGER)",
            "CREATE TABLE CompletionHistory (url TEXT, title TEXT, last_atime INTEGER)",
            "INSERT INTO History VALUES ('Semer les fèves', 'https://jardin.example/feves', 1583400000, 0)",
            "INSERT INTO History VALUES ('Détour', 'https://jardin.example/d', 1583400001, 1)",
            "INSERT INTO CompletionHistory VALUES ('https://jardin.example/feves', 'Semer les fèves', 1583400000)",
        )
    }


def _books_of_electricity() -> Files:
    daily = [("B8", ["Point Référence Mesure (PRM) : ", "00000000000031", "", "Type de comptage : ", "Linky"])]
    daily += [("B14", ["Date", "Valeur (en kWh)"]), ("B15", ["15/07/2024", "25,247"]), ("B16", ["16/07/2024", "23,72"])]
    hourly = [("B8", ["Point Référence Mesure (PRM) : ", "00000000000031"])]
    hourly += [("C16", ["Début", "Fin", "Valeur (en kW)"])]
    hourly += [("C17", ["18/03/2024 00:00", "18/03/2024 00:30", "0,984"])]
    return {
        "jours.xlsx": workbook({"Export Consommation Quotidienne": daily}),
        "heures.xlsx": workbook({"Consommation Horaire": hourly}),
    }


def _book_of_gas() -> Files:
    titles = [
        "Date de relevé",
        "Index de début de période (m3)",
        "Index de fin de période (m3)",
        "Volume consommé (m3)",
    ]
    titles += [
        "Energie consommée (kWh)",
        "Coefficient de conversion",
        "Température locale (°C)",
        "Qualification du relevé",
    ]
    rows: list[tuple[str, Sequence[object]]] = [("B1", ["Données informatives", "", "", "Export du 02/04/2023"])]
    rows += [("C4", ["N° PCE :", "00000000000042"]), ("B9", titles)]
    rows += [("B10", ["25/03/2023", 100, 103, "3,1", 34, 11.2, 9, "Mesuré"])]
    return {"Donnees_informatives_42.xlsx": workbook({"Historique par jour": rows})}


def _book_of_nobody() -> Files:
    bought: list[tuple[str, Sequence[object]]] = [("A1", ["Date", "Montant", "Magasin"])]
    bought += [("A2", ["12/03/2024", 12.5, "Épicerie des Quais"]), ("A3", ["13/03/2024", 7.25, "Boulangerie"])]
    return {
        "dépenses.xlsx": workbook(
            {"2024": bought, "Notes": [("A1", ["Sujet", "Remarque"]), ("A2", ["idée", "à voir"])]}
        )
    }


def _packed_places() -> Files:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("doc.kml", (FIXTURES / "kml" / "outing.kml").read_bytes())
        archive.writestr("images/quai.jpg", b"\xff\xd8\xff\xe0 invent\xe9")
    return {"sortie.kmz": target.getvalue()}


MADE: Mapping[str, Callable[[], Files]] = {
    "made/browser-of-a-telephone": _browser_of_a_telephone,
    "made/browser-of-the-keyboard": _browser_of_the_keyboard,
    "made/books-of-electricity": _books_of_electricity,
    "made/book-of-gas": _book_of_gas,
    "made/book-of-nobody": _book_of_nobody,
    "made/places": _packed_places,
    "made/ride": lambda: {"ride.fit": fit_file(ride())},
    "made/mailbox-of-outlook": lambda: {"archive.pst": b"!BDN" + bytes(range(32)) * 40},
}
"""Archives in formats that nobody reads as text."""

ON_DISK = _on_disk()
NAMES = (*ON_DISK, *MADE)


@cache
def files(name: str) -> Files:
    """The files of an archive by their path in it."""
    if name in MADE:
        return MADE[name]()
    place = ON_DISK[name]
    if place.is_file():
        return {place.name: place.read_bytes()}
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
    }


def part(held: Files) -> FolderPart:
    """Files in memory as a folder, in their order."""
    paths = list(held)
    entries = tuple((path, len(held[path])) for path in paths)
    return FolderPart("archive", entries, lambda index: io.BytesIO(held[paths[index]]))


def view(held: Files) -> View:
    """Files in memory as an opened archive."""
    return open_archive((part(held),))


@cache
def rulebook() -> Rulebook:
    """All rules, made ready once."""
    return Rulebook(declarations())


@cache
def known(name: str) -> Mapping[str, Declaration]:
    """What takes each member of an archive; those that nothing knows are left out."""
    found = ((member.path, rulebook().match(member)) for member in view(files(name)).members)
    return {path: match[0] for path, match in found if match is not None}


@cache
def readers(name: str) -> Mapping[str, Importer]:
    """The importer of each member that one reads."""
    return {path: one for path, one in known(name).items() if isinstance(one, Importer)}


def database(*statements: str) -> bytes:
    """A SQLite database in which these statements were executed."""
    base = sqlite3.connect(":memory:")
    for statement in statements:
        base.execute(statement)
    base.commit()
    data = base.serialize()
    base.close()
    return data


def workbook(sheets: Mapping[str, Sequence[tuple[str, Sequence[object]]]]) -> bytes:
    """A workbook: of each sheet rows of cells, each from the place of its first cell on."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for place, cells in rows:
                page.write_row(place, cells)
    return target.getvalue()
