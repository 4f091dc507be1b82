"""What is decided about people without asking a record: numbers, names, phones, the register sheet."""
