"""The cockpit: what one page of a place holds, asks, says of each number, and prints on one sheet."""
