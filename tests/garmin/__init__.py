"""Garmin."""
