"""Facts become figures: folded as they come, counted anew as the oracle, and as they stood when published."""
