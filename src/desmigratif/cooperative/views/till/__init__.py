"""Pages of the till: the counter, a cashier's day, a slip."""
