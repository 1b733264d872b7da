"""Duolingo."""
