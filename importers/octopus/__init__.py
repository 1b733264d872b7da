"""Octopus Energy France, supplier of electricity."""
