"""Files of sports watches (FIT)."""
