"""Google: the members of a Takeout archive, whatever their language. Facts: public documents and parsers, 2022-2026."""
