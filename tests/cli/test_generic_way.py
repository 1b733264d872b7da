"""Files of no known service, through the real command: seen, imported, known again, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.cli.selfdata import Selfdata

PDF = b"%PDF-1.4\n1 0 obj\n<< /CreationDate (D:20240102030405+01'00') >>\nendobj\n%%EOF\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("inconnus")
    (folder / "carnet.csv").write_text(
        "Date;Titre;Humeur\n31/01/2024;Premier jour;3\n01/02/2024;Deuxième jour;4\n", encoding="utf-8"
    )
    (folder / "seances.json").write_text(
        '{"sessions": [{"start": "2024-03-01T10:00:00+01:00", "end": "2024-03-01T11:00:00+01:00", "name": "Marche"}]}',
        encoding="utf-8",
    )
    with xlsxwriter.Workbook(folder / "depenses.xlsx") as book:
        sheet = book.add_worksheet("Mars")
        sheet.write_row(0, 0, ["Date", "Libellé", "Montant"])
        sheet.write_datetime(1, 0, date(2024, 3, 12), book.add_format({"num_format": "dd/mm/yyyy"}))  # type: ignore[arg-type]
        sheet.write_row(1, 1, ["Épicerie", -12.5])
    (folder / "facture.pdf").write_bytes(PDF)
    (folder / "recette.toml").write_text(
        'recipe = 1\nsource = "mon-carnet"\nreads = "days"\n[recognise]\nformat = "csv"\n'
        'header = ["Date", "Titre", "Humeur"]\n[rows]\nkind = "note"\n[dates]\nlayout = "day-first"\n'
        '[columns]\nDate = "time"\nTitre = "title"\n',
        encoding="utf-8",
    )
    return {path.name: path for path in folder.iterdir()}


@pytest.fixture(scope="module")
def selfdata(tmp_path_factory: pytest.TempPathFactory) -> Selfdata:
    return Selfdata(tmp_path_factory.mktemp("coffre")).make()


EXPECTED = {
    ("other", "Deuxième jour", "2024-02-01T00:00:00Z", "day", ""),
    ("other", "Premier jour", "2024-01-31T00:00:00Z", "day", ""),
    ("other", "Marche", "2024-03-01T09:00:00Z", "second", ""),
    ("transaction", "Épicerie", "2024-03-12T00:00:00Z", "day", "-12.5"),
    ("document", "facture.pdf", "2024-01-02T02:04:05Z", "second", ""),
}
UNKNOWN = ("carnet.csv", "seances.json", "depenses.xlsx", "facture.pdf")


def facts(selfdata: Selfdata) -> set[tuple[Any, ...]]:
    return {
        (item["kind"], item["title"], item["start"], item["precision"], item["amount"] or "")
        for item in selfdata("items", "--json").lines()
    }


def test_unknown_files_come_in_are_known_again_and_go_out(
    selfdata: Selfdata, files: dict[str, Path], tmp_path: Path
) -> None:
    answer = selfdata("import", *(files[name] for name in UNKNOWN), "--yes", "--json")
    assert answer.code == 0, answer.err
    accounts = answer.json()
    assert [account["new"] for account in accounts] == [2, 1, 1, 1]
    assert facts(selfdata) == EXPECTED
    (tmp_path / "copie.csv").write_text(
        files["carnet.csv"].read_text("utf-8") + "02/02/2024;Troisième jour;5\n", encoding="utf-8"
    )
    again = selfdata("import", files["facture.pdf"], files["carnet.csv"], tmp_path / "copie.csv", "--yes", "--json")
    assert [account["new"] for account in again.json()] == [0, 0, 1]
    for account in (*accounts, again.json()[-1]):
        assert selfdata("undo", str(account["import"])).code == 0
    assert facts(selfdata) == set()


def test_a_table_is_shown_with_its_proposed_mapping(selfdata: Selfdata, files: dict[str, Path]) -> None:
    (plan,) = selfdata("recognise", files["carnet.csv"], "--json").json()
    (table,) = plan["tables"]
    assert plan["source"] == "generic"
    assert table["columns"] == [
        {"name": "Date", "field": "time"},
        {"name": "Titre", "field": "title"},
        {"name": "Humeur", "field": None},
    ]
    assert table["rows"][0] == ["31/01/2024", "Premier jour", "3"]
    assert (table["layout"], table["doubts"]) == ("day-first", [])


def test_a_recipe_of_ones_own_reads_the_table(selfdata: Selfdata, files: dict[str, Path]) -> None:
    answer = selfdata("import", files["carnet.csv"], "--recipe", files["recette.toml"], "--yes", "--json")
    (account,) = answer.json()
    assert (account["source"], account["items"]) == ("mon-carnet", {"note": 2})
    assert selfdata("undo", str(account["import"])).code == 0


def test_a_mistake_in_a_recipe_is_one_sentence_with_its_place(
    selfdata: Selfdata, files: dict[str, Path], tmp_path: Path
) -> None:
    wrong = tmp_path / "fausse.toml"
    wrong.write_text(files["recette.toml"].read_text("utf-8").replace("day-first", "à l'envers"), encoding="utf-8")
    answer = selfdata("import", files["carnet.csv"], "--recipe", wrong, "--yes")
    assert answer.code == 2
    assert "dates.layout" in answer.err
    assert len(answer.err.strip().splitlines()) == 1


def test_a_document_is_said_to_be_kept_and_not_read(selfdata: Selfdata, files: dict[str, Path]) -> None:
    plan = selfdata("recognise", files["facture.pdf"])
    assert "gardé tel quel" in plan.out
    answer = selfdata("import", files["facture.pdf"], "--yes")
    assert answer.code == 0
    assert "gardé tel quel, sans être lu" in answer.out
    (account, *_) = selfdata("imports", "--json").json()
    assert account["members"] == {"read": 0, "skipped": 0, "kept": 1, "unknown": 0}
    assert all(PDF not in path.read_bytes() for path in selfdata.vault.rglob("*") if path.is_file())
    assert selfdata("undo", str(account["import"])).code == 0


def test_an_empty_file_is_not_understood(selfdata: Selfdata, tmp_path: Path) -> None:
    empty = tmp_path / "vide.csv"
    empty.write_bytes(b"")
    answer = selfdata("import", empty, "--yes")
    assert answer.code == 1
    assert "pas été reconnu" in answer.err


def test_a_recipe_is_kept_used_for_the_next_file_listed_and_removed(
    selfdata: Selfdata, files: dict[str, Path], tmp_path: Path
) -> None:
    telling = tmp_path / "reçue.toml"
    telling.write_text(
        files["recette.toml"].read_text("utf-8").replace('"Humeur"]', '"Humeur", "06 12 34 56 78"]'), encoding="utf-8"
    )
    first, second = tmp_path / "avril.csv", tmp_path / "mai.csv"
    for path, day in ((first, "01/04/2024"), (second, "01/05/2024")):
        path.write_text(f"Date;Titre;Humeur;06 12 34 56 78\n{day};Jour;3\n", encoding="utf-8")
    answer = selfdata("import", first, "--recipe", telling, "--keep", "--yes", "--json")
    assert "06 12 34 56 78" in answer.err
    (account,) = selfdata("import", second, "--yes", "--json").json()
    assert (account["source"], account["items"]) == ("mon-carnet", {"note": 1})
    (kept,) = selfdata("imports", "--recipes", "--json").json()
    assert (kept["name"], kept["usable"]) == ("mon-carnet", True)
    assert kept["text"].startswith("recipe = 1\n")
    assert selfdata("undo", "--recipe", str(kept["recipe"])).code == 0
    assert selfdata("undo", "--recipe", str(kept["recipe"])).code == 2


def test_an_account_says_what_a_known_archive_has_that_was_not_known(selfdata: Selfdata, tmp_path: Path) -> None:
    lines = (Path(__file__).parents[1] / "fixtures" / "imdb" / "ratings.csv").read_text(encoding="utf-8").splitlines()
    changed = [f"{lines[0]},Mood Then", *(f"{line},calme" for line in lines[1:])]
    (tmp_path / "ratings.csv").write_text("\n".join(changed), encoding="utf-8")
    said = selfdata("import", tmp_path / "ratings.csv", "--yes")
    assert "1 champ(s) que cette version ne connaissait pas" in said.out
    (account, *_) = selfdata("imports", "--json").json()
    assert account["drift"] == [
        {
            "reader": "imdb.ratings",
            "files": "1",
            "new": [{"place": "", "name": "Mood Then", "type": "text", "count": "1+"}],
            "missing": [],
        }
    ]
    assert selfdata("undo", str(account["import"])).code == 0
