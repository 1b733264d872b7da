"""What Apple hands out. Importers of each product stand in files of their own."""
