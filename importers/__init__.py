"""What reads the archives that services hand to people: records, the importer contract, formats, importers."""
