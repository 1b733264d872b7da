"""Goodreads."""
