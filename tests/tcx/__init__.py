"""Files of TCX."""
