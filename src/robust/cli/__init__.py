"""The robust command."""
