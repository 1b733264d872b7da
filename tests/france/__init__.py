"""Papers of French services."""
