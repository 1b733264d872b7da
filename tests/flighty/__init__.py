"""Flighty."""
