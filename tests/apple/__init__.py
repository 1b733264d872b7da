"""Apple's archives."""
