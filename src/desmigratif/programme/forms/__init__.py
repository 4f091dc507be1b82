"""Forms of the programme's pages."""
