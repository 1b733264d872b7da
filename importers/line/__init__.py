"""LINE: exported chats."""
