"""SMS Backup & Restore: messages and calls of Android telephones."""
