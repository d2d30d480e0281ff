"""One person's lines: rules as automata, all lawful lines as one diagram, the cheapest at given prices."""
