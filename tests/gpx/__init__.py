"""GPX files."""
