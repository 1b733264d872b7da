"""Archives of ChatGPT."""
