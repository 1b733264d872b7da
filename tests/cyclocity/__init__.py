"""Cyclocity."""
