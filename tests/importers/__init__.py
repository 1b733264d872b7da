"""Tests of all importers together."""
