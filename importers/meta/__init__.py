"""Meta's archives: Facebook, Messenger, Instagram and Threads, which share their shapes."""
