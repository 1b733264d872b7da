"""OPML: lists of feeds and podcasts."""
