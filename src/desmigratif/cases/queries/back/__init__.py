"""Reading what comes after coming back."""
