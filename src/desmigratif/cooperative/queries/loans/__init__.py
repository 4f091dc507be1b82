"""Reading loans: how each stands, whose members carry it, and how much may still be lent."""
