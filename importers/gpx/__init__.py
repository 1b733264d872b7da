"""GPX, whoever wrote it."""
