"""Calendars and task lists from any program."""
