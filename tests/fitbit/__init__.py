"""Tests of the readers of Fitbit."""
