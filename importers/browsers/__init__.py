"""Browsers: history databases, bookmarks in their several forms."""
