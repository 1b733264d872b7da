"""WHOOP."""
