"""LibreView."""
