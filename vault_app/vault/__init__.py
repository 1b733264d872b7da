"""The encrypted vault: keys, files, database, search index, integrity."""
