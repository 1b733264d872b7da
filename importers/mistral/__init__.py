"""Le Chat, the assistant of Mistral."""
