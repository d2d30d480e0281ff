"""What people may send to the room."""
