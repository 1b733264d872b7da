"""Polarsteps."""
