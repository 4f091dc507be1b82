"""What is looked at: search, lists, the household's file, the register as an import needs it."""
