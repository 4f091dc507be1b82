"""An offer of work abroad is checked, and what follows from that."""
