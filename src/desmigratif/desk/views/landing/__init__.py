"""The first page of each office above the desk, in parts."""
