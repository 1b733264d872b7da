"""Sleep as Android."""
