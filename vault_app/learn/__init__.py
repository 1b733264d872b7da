"""Learning with the vault: invented people whose archives can be tried without showing one’s own life."""
