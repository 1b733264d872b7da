"""Octopus Energy."""
