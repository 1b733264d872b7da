"""Cyclocity, the bicycles of several towns (Vélo’v in Lyon, and those of Nantes, Toulouse, Nancy)."""
