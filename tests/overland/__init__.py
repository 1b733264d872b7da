"""Overland."""
