"""Before the departure: visits, paper sheets, what going costs."""
