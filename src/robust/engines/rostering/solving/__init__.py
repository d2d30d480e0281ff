"""From a ward to a roster: column generation over whole lines, with a bound on what is still possible."""
