"""Keys on paper, in a file and of each resident: age, the recovery sheet, and what erasing a key erases."""
