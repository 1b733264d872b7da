"""Garmin Connect: the archive of an account (``DI_CONNECT``)."""
