"""How far archives are from what importers know."""
