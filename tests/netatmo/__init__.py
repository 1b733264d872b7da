"""Netatmo."""
