"""GRDF."""
