"""Archives of Perplexity."""
