"""An unknown table: what its columns hold is proposed, a person changes it, and the file is read like that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from importers.generic.header import Field
from importers.records import Kind
from tests.ui.windows import button_called, frame_of, go, house_of, seen, settle, texts, window_over
from vault_app import words
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.ui.flows.arrival import State
from vault_app.ui.flows.table_mapping import TableMapping
from vault_app.ui.settings import Settings
from vault_app.vault.vault import Vault

TABLE = (
    "Jour;Objet vu;Remarque;Prix\n12/03/2024;Héron cendré;au bord du lac;4,50\n13/03/2024;Buse;<b>loin</b>;6,00\n"
    "28/03/2024;Milan noir;à midi;5,25\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "observations.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def proposal(table: Path) -> TableMapping:
    with closing_parts([table]) as parts:
        return TableMapping.of(recognise(parts).tables[0])


def test_a_field_that_one_column_may_have_leaves_the_column_that_had_it(table: Path) -> None:
    mapping = proposal(table)
    assert mapping.field("Jour") is Field.TIME
    mapping.set_field("Remarque", Field.TITLE)
    assert [name for name in mapping.table.columns if mapping.field(name) is Field.TITLE] == ["Remarque"]
    mapping.set_field("Jour", None)
    assert mapping.problem == "recipe-no-time"
    mapping.set_field("Jour", Field.TIME)
    assert mapping.problem == ""


def test_a_recipe_that_was_written_holds_names_of_columns_and_no_row(table: Path) -> None:
    mapping = proposal(table)
    mapping.set_source("Carnet d'oiseaux !")
    assert 'source = "carnet-d-oiseaux"' in mapping.text
    assert "Héron" not in mapping.text
    assert "2024" not in mapping.text


def test_what_a_person_says_of_the_columns_is_how_the_file_is_read(
    qapp: QApplication, camille: Vault, settings: Settings, table: Path
) -> None:
    with window_over(qapp, camille, settings) as window:
        house = house_of(window)
        (arrival,) = house.finds.add([table])
        settle(window)
        house.finds.shown = arrival
        page = go(window, "bring-in")
        button_called(page, "Voir le contenu").click()
        settle(window)
        page = frame_of(window).current
        assert page.name == "mapping"
        assert "<b>loin</b>" in texts(page)
        if os.environ.get("SHOTS"):
            window.grab().save(str(Path(os.environ["SHOTS"], "mapping.png")))
        chooser = next(
            box for box in seen(page, QComboBox) if box.accessibleName() == "Ce que contient la colonne Remarque"
        )
        choose(chooser, words.sentences("fields")["text"]["fr"])
        kinds = next(box for box in seen(page, QComboBox) if box.accessibleName() == "Type de fait")
        choose(kinds, words.kind(Kind.NOTE, "fr").many)
        button_called(page, "Le lire ainsi").click()
        settle(window)
        page = frame_of(window).current
        button_called(page, "Importer").click()
        settle(window)
        assert arrival.state is State.DONE
        assert arrival.account is not None
        found = list(facts.facts(camille, Selection(sources=(arrival.account.source,))))
        assert [(fact.kind, fact.text) for fact in found] == [
            (Kind.NOTE, "à midi"),
            (Kind.NOTE, "<b>loin</b>"),
            (Kind.NOTE, "au bord du lac"),
        ]
        house.finds.undo(arrival, "undo")
        settle(window)
        assert not list(facts.facts(camille, Selection(sources=(arrival.account.source,))))


def choose(box: QComboBox, text: str) -> None:
    """What a person does with the list of a chooser."""
    place = box.findText(text)
    assert place >= 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)
