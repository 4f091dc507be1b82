"""Forms before the departure: visits, plans, steps, talks, costs, sheets."""
