"""The application: vault, intake, explore, share, and their screens and commands."""
