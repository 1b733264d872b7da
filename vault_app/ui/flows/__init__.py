"""Flows as plain state machines, without Qt: first run, bringing an archive in, sharing."""
