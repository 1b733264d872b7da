"""Tests of tables and files of no known service."""
