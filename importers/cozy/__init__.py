"""Cozy, a personal cloud: what its connectors have gathered for a person."""
