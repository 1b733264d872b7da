"""The command selfdata."""
