"""WhatsApp: exported chats."""
