"""iMessage: the database of messages of a Mac or of an unencrypted iPhone backup."""
