"""Photos that no service describes, by what cameras and programs have written into them or beside them."""
