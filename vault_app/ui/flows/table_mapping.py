"""What an unknown table means, without Qt: columns to fields, how dates are written; a recipe comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from importers.formats.dates import Layout
from importers.generic.header import Field
from importers.generic.mapping import Makes
from importers.recipes.recipe import Recipe, RecipeError, parse, write
from importers.records import Kind
from vault_app.intake.proposals import ShownTable


@dataclass
class TableMapping:
    """A proposal that a person may change. ``table`` stays as it was shown."""

    table: ShownTable
    recipe: Recipe

    @classmethod
    def of(cls, table: ShownTable) -> TableMapping:
        """The proposal of a table that has one. Raises RecipeError for a table without dates."""
        return cls(table, parse(table.recipe))

    def field(self, column: str) -> Field | None:
        """What a column holds; None: nothing but details."""
        return self.recipe.mapping.fields.get(column)

    def set_field(self, column: str, field: Field | None) -> None:
        """Say what a column holds. A field that only one column may have leaves the column that had it."""
        fields = dict(self.recipe.mapping.fields)
        fields.pop(column, None)
        if field is not None:
            if field is not Field.VALUE:
                fields = {name: held for name, held in fields.items() if held is not field}
            fields[column] = field
        self._change(fields=fields)

    def set_layout(self, layout: Layout) -> None:
        """Say how the dates are written."""
        self._change(layout=layout)

    def set_makes(self, makes: Makes) -> None:
        """Say what the rows become."""
        self._change(makes=makes)

    def set_kind(self, kind: Kind) -> None:
        """Say what kind of fact a row is."""
        self._change(kind=kind)

    def set_source(self, name: str) -> None:
        """Say which service the table comes from; made a short name of small letters and hyphens."""
        plain = re.sub(r"[^a-z0-9]+", "-", name.strip().lower()).strip("-")[:40]
        if re.fullmatch(r"[a-z][a-z0-9-]{1,39}", plain):
            self.recipe = Recipe(plain, self.recipe.reads, self.recipe.recognise, self.recipe.mapping)

    @property
    def problem(self) -> str:
        """Id of the sentence that says why this cannot be used, or ''."""
        try:
            parse(self.text)
        except RecipeError as error:
            return error.reason
        return ""

    @property
    def text(self) -> str:
        """The recipe as text: it holds names of columns, and no row."""
        return write(self.recipe)

    def _change(self, **changes: object) -> None:
        mapping = replace(self.recipe.mapping, **changes)  # type: ignore[arg-type]
        self.recipe = Recipe(self.recipe.source, self.recipe.reads, self.recipe.recognise, mapping)
