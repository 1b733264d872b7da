"""Samsung Health: the folder of personal data that the telephone writes."""
