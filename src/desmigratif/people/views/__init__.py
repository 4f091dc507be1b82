"""The desk's pages on people."""
