"""Deezer."""
