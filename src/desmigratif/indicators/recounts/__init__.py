"""What the pillars' own records say of indicators, against the facts that were appended for them."""
