"""Meta: Facebook, Messenger, Instagram, Threads."""
