"""Guided runner's-knee workouts in the terminal."""

__version__ = "0.1.0"
