"""What every domain builds on."""
