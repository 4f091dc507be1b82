"""Before the departure, at the hall: visits, what is told, the steps, what they cost."""
