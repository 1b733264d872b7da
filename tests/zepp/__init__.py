"""Zepp."""
