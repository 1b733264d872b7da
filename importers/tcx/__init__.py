"""Garmin's Training Center XML, whoever wrote it."""
