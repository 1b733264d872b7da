"""The screens (Qt). The only room that knows Qt."""
