"""The desk's pages: the first page of each office, what waits for a decision, papers to print."""
