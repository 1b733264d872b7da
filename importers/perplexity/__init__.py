"""Perplexity, as browser tools save its threads."""
