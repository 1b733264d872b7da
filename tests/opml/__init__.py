"""Lists of feeds (OPML)."""
