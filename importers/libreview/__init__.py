"""LibreView: readings of FreeStyle glucose sensors."""
