"""The recipes that the vault keeps: how tables of no known service are read. Listed, renamed, given away, taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from importers.recipes.recipe import RecipeError
from vault_app import words
from vault_app.intake import own_recipes
from vault_app.intake.handles import HandleError
from vault_app.intake.own_recipes import OwnRecipe
from vault_app.ui import language, picker
from vault_app.ui.dates import short_day
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView, one_line
from vault_app.ui.screens.screen import Screen, button, card, clear, focus_soon, page
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping
from vault_app.vault.kept_recipes import NAME

COLUMNS = 12
"""Names of columns that a card shows."""


class RecipesScreen(Screen):
    """What the vault remembers of the tables that the person explained."""

    name = "recipes"

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._removed: OwnRecipe | None = None
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._column.addWidget(PlainLabel(self.tr("How your tables are read"), "heading"))
        self._column.addWidget(
            PlainLabel(
                self.tr(
                    "A recipe says what the columns of a table hold. The next file with the same columns is read like"
                    " that. A recipe holds names of columns, and no row of your files: you can give it to others."
                )
            )
        )
        take = button(self.tr("Take in a recipe…"), "primary")
        take.clicked.connect(self._take)
        back = button(self.tr("Inbox"))
        back.clicked.connect(lambda: self.house.go.emit("inbox"))
        self._column.addWidget(wrapping(take, back))
        self._said = PlainLabel("", "danger")
        self._said.hide()
        self._column.addWidget(self._said)
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP)
        self._column.addLayout(self._list)
        self._column.addStretch(1)

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Recipes")

    def arrive(self) -> None:
        """Ask the vault which recipes it keeps."""
        vault = self.house.vault
        self.house.tasks.read(lambda _: own_recipes.listed(vault)).replacing("recipes").on_done(self._show).start()

    def _show(self, recipes: tuple[OwnRecipe, ...]) -> None:
        clear(self._list)
        if self._removed is not None:
            self._list.addWidget(self._gone(self._removed))
        if not recipes and self._removed is None:
            self._list.addWidget(
                PlainLabel(
                    self.tr("None yet. One is kept when you say what the columns of an unknown table hold."),
                    "secondary",
                )
            )
        for recipe in reversed(recipes):
            self._list.addWidget(self._card(recipe))

    def _card(self, kept: OwnRecipe) -> QFrame:
        frame, column = card()
        name = QLineEdit(one_line(kept.name))
        name.setAccessibleName(self.tr("Name of the recipe {name}").format(name=one_line(kept.name, 60)))
        name.setMaxLength(NAME)
        name.editingFinished.connect(lambda: self._rename(kept, name.text()))
        column.addWidget(name)
        column.addWidget(PlainLabel(self._about(kept), "secondary"))
        if kept.recipe is None:
            column.addWidget(PlainLabel(self.tr("This version of the application cannot use it."), "warning"))
        else:
            for word in own_recipes.telling(kept.recipe)[:3]:
                text = words.sentence("recipes", "recipe-tells", tongue(), what=one_line(word, 60))
                column.addWidget(PlainLabel(text, "warning"))
        view = PlainView(self.tr("Text of the recipe {name}").format(name=one_line(kept.name, 60)), kept.text)
        view.setMinimumHeight(220)
        view.hide()
        look, save, remove = (
            button(self.tr("Look")),
            button(self.tr("Save the recipe…")),
            button(self.tr("Remove"), "danger"),
        )
        look.clicked.connect(lambda: view.setVisible(view.isHidden()))
        save.clicked.connect(lambda: self._save(kept))
        remove.clicked.connect(lambda: self._remove(kept))
        for one in (look, save, remove):
            one.setAccessibleName(f"{one.text()} : {one_line(kept.name, 60)}")
        column.addWidget(wrapping(look, save, remove))
        column.addWidget(view)
        return frame

    def _about(self, kept: OwnRecipe) -> str:
        day = self.tr("Kept on {day}").format(day=short_day(kept.kept))
        if kept.recipe is None:
            return day
        columns = list(dict.fromkeys((*kept.recipe.recognise.header, *kept.recipe.mapping.fields)))
        more = " …" if len(columns) > COLUMNS else ""
        shown = ", ".join(one_line(name, 40) for name in columns[:COLUMNS])
        return f"{day}   " + self.tr("Columns: {names}").format(names=shown + more)

    def _gone(self, kept: OwnRecipe) -> QFrame:
        frame, column = card()
        column.addWidget(
            PlainLabel(
                self.tr("Removed: {name}. What was read with it stays.").format(name=one_line(kept.name, 60)), "heading"
            )
        )
        back = button(self.tr("Put it back"))
        back.clicked.connect(lambda: self._keep(kept.text, kept.name))
        column.addWidget(wrapping(back))
        focus_soon(back)
        return frame

    def _take(self) -> None:
        chosen = picker.choose_files(self, self.tr("A recipe that somebody made"), Path.home())
        for path in chosen[:1]:
            self._read(path)

    def _read(self, path: Path) -> None:
        self._warn("")
        job = self.house.tasks.read(lambda _: own_recipes.read_file(path))
        job.on_done(lambda text: self._keep(text, path.stem)).on_error(self._refused).start()

    def _keep(self, text: str, name: str) -> None:
        vault = self.house.vault
        self._removed = None
        job = self.house.tasks.write(lambda _: own_recipes.keep(vault, text, name))
        job.on_done(lambda _: self._changed(self.tr("The recipe is kept."))).on_error(self._refused).start()

    def _rename(self, kept: OwnRecipe, name: str) -> None:
        if own_recipes.tidy(name) in {"", kept.name}:
            return
        vault = self.house.vault
        job = self.house.tasks.write(lambda _: own_recipes.rename(vault, kept.id, name))
        job.on_done(lambda _: self._changed(self.tr("The recipe has another name."))).start()

    def _remove(self, kept: OwnRecipe) -> None:
        vault = self.house.vault

        def gone(_: object) -> None:
            self._removed = kept
            self._changed(self.tr("The recipe is removed."))

        self.house.tasks.write(lambda _: own_recipes.remove(vault, kept.id)).on_done(gone).start()

    def _save(self, kept: OwnRecipe) -> None:
        proposed = Path.home() / own_recipes.file_name(kept.name)
        place = picker.choose_new_file(self, self.tr("Save the recipe"), proposed, self.tr("Recipe (*.toml)"))
        if place is None:
            return
        self._warn("")
        job = self.house.tasks.read(lambda _: own_recipes.write_file(place, kept.text))
        job.on_done(lambda _: self.house.announce.emit(self.tr("The recipe is saved."))).on_error(self._refused).start()

    def _changed(self, sentence: str) -> None:
        self._warn("")
        self.house.announce.emit(sentence)
        self.arrive()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, RecipeError):
            self._warn(language.error_sentence(error.reason, what=one_line(error.what, 60)))
        elif isinstance(error, HandleError):
            self._warn(language.error_sentence("no-such-file"))
        elif isinstance(error, OSError):
            self._warn(language.error_sentence("file-not-saved"))
        else:
            self.house.tasks.failed.emit(error)

    def _warn(self, sentence: str) -> None:
        self._said.say(sentence)
        self._said.setVisible(bool(sentence))
        if sentence:
            self.house.announce.emit(sentence)
