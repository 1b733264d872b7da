"""Cozy."""
