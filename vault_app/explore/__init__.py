"""Looking at what the vault holds: selections, timeline, search, series, charts."""
