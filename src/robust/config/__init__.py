"""Settings, addresses and the database of the installation."""
