"""MyFitnessPal: meals, measures and exercise of a diary."""
