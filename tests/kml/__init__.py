"""Files of KML and KMZ."""
