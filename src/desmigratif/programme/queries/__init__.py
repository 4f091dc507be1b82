"""What the programme's pages ask."""
