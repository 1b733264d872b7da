"""Skype: the archive of messages that the service gave until its end in May 2025."""
