"""Loans: what is agreed, the table of instalments, what it costs, who may be lent how much, how sure it is."""
