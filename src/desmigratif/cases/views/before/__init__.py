"""From the first question at the hall until the departure."""
