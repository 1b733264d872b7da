"""Dexcom."""
