"""Duolingo: the data vault of an account."""
