"""MyFitnessPal."""
