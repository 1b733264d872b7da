"""Recipes: importers written as TOML, for flat tables. The format is explained in ``docs/recipes.md``."""
