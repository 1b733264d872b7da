"""Tests of reading untrusted archives."""
