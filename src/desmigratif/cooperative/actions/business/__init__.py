"""Groups, businesses, the capital of savers, and goods."""
