"""GRDF, the distributor of gas: what a Gazpar meter has measured."""
