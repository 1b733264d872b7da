"""Water: what the sites of the suppliers give of a meter's days."""
