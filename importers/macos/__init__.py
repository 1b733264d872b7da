"""Files that macOS adds to archives."""
