"""Strava: the bulk export of an account."""
