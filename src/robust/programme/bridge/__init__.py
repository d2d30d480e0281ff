"""Rows of the room translated for engines, and back."""
