"""Tinder."""
