"""How an archive comes in: watching, the fenced child, writing, the account, undo."""
