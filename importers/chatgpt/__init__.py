"""ChatGPT's archive of conversations."""
