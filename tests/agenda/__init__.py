"""Tests of importers/agenda."""
