"""Files of GeoJSON."""
