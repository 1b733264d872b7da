"""Recipes in the window: kept by the mapping page, used by itself the next time, renamed, given away, taken in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from tests.ui.windows import button_called, frame_of, go, house_of, seen, settle, texts, window_over
from vault_app.intake import own_recipes
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.ui import picker
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

TABLE = "Jour;Objet vu;06 12 34 56 78;Prix\n12/03/2024;Héron cendré;x;4,50\n13/03/2024;Buse;y;6,00\n28/03/2024;Milan;z;5,25\n"


@pytest.fixture
def window(qapp: QApplication, camille: Vault, settings: Settings) -> Iterator[Window]:
    with window_over(qapp, camille, settings) as made:
        yield made
        settle(made)
        for one in own_recipes.listed(camille):
            own_recipes.remove(camille, one.id)


def mapped(window: Window, path: Path, *, keep: bool = True) -> None:
    """What a person does on the mapping page of a new table."""
    (arrival,) = house_of(window).finds.add([path])
    settle(window)
    house_of(window).finds.shown = arrival
    button_called(go(window, "bring-in"), "Voir le contenu").click()
    settle(window)
    page = frame_of(window).current
    (box,) = seen(page, QCheckBox)
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    assert "06 12 34 56 78" in texts(page)
    box.setChecked(keep)
    shoot(window, "mapping")
    button_called(page, "Le lire ainsi").click()
    settle(window)


@pytest.fixture(autouse=True)
def no_recipes(camille: Vault) -> None:
    """Tables that others brought in have left theirs."""
    for kept in own_recipes.listed(camille):
        own_recipes.remove(camille, kept.id)


def shoot(window: Window, name: str) -> None:
    if os.environ.get("SHOTS"):
        window.grab().save(str(Path(os.environ["SHOTS"], f"{name}.png")))


def table(folder: Path, name: str = "observations.csv") -> Path:
    path = folder / name
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_recipe_is_kept_used_renamed_removed_and_put_back(window: Window, camille: Vault, tmp_path: Path) -> None:
    mapped(window, table(tmp_path))
    (kept,) = own_recipes.listed(camille)
    assert "Héron" not in kept.text
    (arrival,) = house_of(window).finds.add([table(tmp_path, "autre.csv")])
    settle(window)
    assert arrival.plan is not None
    assert (arrival.plan.source, arrival.plan.tables) == ("my-observations", ())
    house_of(window).finds.shown = arrival
    button_called(go(window, "bring-in"), "Voir mes recettes").click()
    settle(window)
    assert frame_of(window).current.name == "recipes"
    button_called(go(window, "inbox"), "Recettes de tableaux…").click()
    settle(window)
    page = frame_of(window).current
    assert page.name == "recipes"
    assert "06 12 34 56 78" in texts(page)
    button_called(page, "Regarder").click()
    settle(window)
    assert '"Objet vu"' in texts(page)
    shoot(window, "recipes")
    (name,) = seen(page, QLineEdit)
    assert isinstance(name, QLineEdit)
    name.setText("Oiseaux du lac")
    name.editingFinished.emit()
    settle(window)
    assert [one.name for one in own_recipes.listed(camille)] == ["Oiseaux du lac"]
    button_called(page, "Retirer").click()
    settle(window)
    assert own_recipes.listed(camille) == ()
    button_called(page, "La remettre").click()
    settle(window)
    assert [one.name for one in own_recipes.listed(camille)] == ["Oiseaux du lac"]


def test_who_unticks_the_box_keeps_nothing_and_recipes_go_to_files_and_come_from_them(
    window: Window, camille: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path)
    mapped(window, path, keep=False)
    assert own_recipes.listed(camille) == ()
    with closing_parts([path]) as parts:
        own_recipes.keep(camille, recognise(parts).tables[0].recipe)
    (kept,) = own_recipes.listed(camille)
    file = tmp_path / "à donner.toml"
    monkeypatch.setattr(picker, "choose_new_file", lambda *_: file)
    monkeypatch.setattr(picker, "choose_files", lambda *_: [file])
    page = go(window, "recipes")
    button_called(page, "Enregistrer la recette…").click()
    settle(window)
    own_recipes.remove(camille, kept.id)
    button_called(page, "Recevoir une recette…").click()
    settle(window)
    (taken,) = own_recipes.listed(camille)
    assert (taken.name, taken.text) == ("à donner", kept.text)
    own_recipes.remove(camille, taken.id)
    house_of(window).finds.add([file])
    settle(window)
    button_called(go(window, "inbox"), "Recevoir comme recette").click()
    settle(window)
    assert frame_of(window).current.name == "recipes"
    (taken,) = own_recipes.listed(camille)
    assert taken.text == kept.text
    own_recipes.remove(camille, taken.id)
    page = frame_of(window).current
    monkeypatch.setattr(picker, "choose_files", lambda *_: [path])
    button_called(page, "Recevoir une recette…").click()
    settle(window)
    assert "n’est pas un texte TOML correct" in texts(page)
    assert own_recipes.listed(camille) == ()
    shoot(window, "recipes-refused")
