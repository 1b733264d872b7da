"""Tests of vault_app/intake."""
