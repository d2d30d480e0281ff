"""Products of a diagram with one more rule, in compiled loops."""
