"""Netatmo: weather station, rain gauge and wind gauge."""
