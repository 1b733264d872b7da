"""Zepp, formerly Mi Fit: watches and bands of Amazfit and Xiaomi."""
