"""Standard formats and dialects: bytes to values, no service known here."""
