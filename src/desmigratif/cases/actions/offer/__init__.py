"""An offer of work abroad is screened; what a stopped one leads to; recruiters."""
