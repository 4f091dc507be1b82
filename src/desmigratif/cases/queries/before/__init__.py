"""Reading plans before the departure: visits, steps, costs, sheets, what was told."""
