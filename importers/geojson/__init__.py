"""GeoJSON, whoever wrote it."""
