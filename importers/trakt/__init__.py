"""Trakt."""
