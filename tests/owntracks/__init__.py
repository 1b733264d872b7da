"""OwnTracks."""
