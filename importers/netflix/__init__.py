"""Netflix."""
