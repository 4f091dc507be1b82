"""Guards inside the database: what one is made of, its SQL on both engines, and those of the cooperative's books."""
