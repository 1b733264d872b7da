"""Telegram: what the desktop app exports."""
