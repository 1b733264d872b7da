"""How chosen data leaves."""
