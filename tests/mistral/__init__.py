"""Archives of Le Chat."""
