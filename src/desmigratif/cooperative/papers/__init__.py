"""Papers of the cooperative: what stands on them, and the press that sets them."""
