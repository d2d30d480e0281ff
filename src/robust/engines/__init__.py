"""Pure engines: data in, data out, with no framework, clock, disk, log or global randomness."""
