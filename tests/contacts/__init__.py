"""Tests of importers/contacts."""
