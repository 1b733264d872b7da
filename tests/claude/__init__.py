"""Archives of Claude."""
