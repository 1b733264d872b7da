"""WHOOP: cycles, nights, workouts and the journal of a wrist band."""
