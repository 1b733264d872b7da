"""Kindle: what a reader marked in books."""
