"""Contact cards from any address book."""
