"""The harnesses that prove what the vault promises: power cuts, kills, full disks, damage. See ``__main__.py``."""
