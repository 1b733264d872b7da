"""Letterboxd."""
