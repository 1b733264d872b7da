"""Fitbit and Google Health, from Takeout and from the older archive of the account."""
