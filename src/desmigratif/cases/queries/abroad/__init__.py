"""Reading those who work abroad."""
