"""Google: what Takeout and the phone's own Timeline export hand over."""
