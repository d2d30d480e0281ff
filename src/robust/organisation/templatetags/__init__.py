"""What the templates of the organisation ask for themselves."""
