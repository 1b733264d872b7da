"""Tables and files of no known service: a proposed mapping, or kept whole."""
