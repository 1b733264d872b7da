"""Google's archives."""
