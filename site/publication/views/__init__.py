"""Screens of what is taken back and of what waits for its time."""
