"""Benchmarks: our work beside a peer's and a physical limit's, in the same run, worst round quoted."""
