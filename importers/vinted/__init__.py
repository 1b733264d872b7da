"""Vinted."""
