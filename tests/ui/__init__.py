"""The window, offscreen, with real Qt."""
