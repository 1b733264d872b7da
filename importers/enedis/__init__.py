"""Enedis, the French electricity distributor (Linky meters)."""
