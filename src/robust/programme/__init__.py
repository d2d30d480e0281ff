"""What the hospital has decided to do, and how far it is."""
