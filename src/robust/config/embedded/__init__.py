"""The PostgreSQL that Robust brings along: its programs, its user, its start and its stop."""
