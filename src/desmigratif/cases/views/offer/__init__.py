"""An offer of work abroad is checked; what follows it; countries and recruiters."""
