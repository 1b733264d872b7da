"""BeReal."""
