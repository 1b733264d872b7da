"""Tests of vault_app/learn."""
