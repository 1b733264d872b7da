"""Oura: nights and days of a ring."""
