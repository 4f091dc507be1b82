"""Forms of businesses, goods, and agreements on capital."""
