"""`robust roster`: make, judge and rewrite rosters that lie in files, without a database."""
