"""Dexcom Clarity: readings of a glucose sensor."""
