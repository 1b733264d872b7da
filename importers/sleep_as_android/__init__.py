"""Sleep as Android: nights that a telephone on the mattress recorded."""
