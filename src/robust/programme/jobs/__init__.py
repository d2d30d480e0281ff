"""What the room does in the background, one module per noun."""
