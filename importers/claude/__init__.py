"""Claude's archive of conversations."""
