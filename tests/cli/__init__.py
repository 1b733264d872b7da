"""Tests of the command selfdata."""
