"""Before the departure, at the hall: visits, plans, steps, talks, costs, sheets."""
