"""Problems and rosters as files: the benchmarks' texts, our own JSON, sheets, and a picture."""
