"""Flo: a diary of the menstrual cycle."""
