"""Discord: the data package, and chats written by DiscordChatExporter."""
