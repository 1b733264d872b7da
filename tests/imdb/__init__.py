"""IMDb."""
