"""KML and KMZ, whoever wrote them."""
