"""The shell around the rooms: layout, home, search, components."""
