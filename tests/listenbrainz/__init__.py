"""ListenBrainz."""
