"""What the screens look at."""
