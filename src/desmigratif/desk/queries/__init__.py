"""What the desk's pages are made of, composed from the pillars' own queries."""
