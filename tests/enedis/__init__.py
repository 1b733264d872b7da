"""Enedis."""
