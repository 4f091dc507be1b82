"""What an indicator is, which months a period holds, what may be shown to whom. Plain Python."""
