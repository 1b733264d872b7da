"""Withings: scales, watches, sleep mats and blood pressure monitors (Health Mate)."""
