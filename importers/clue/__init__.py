"""Clue: a diary of the menstrual cycle."""
