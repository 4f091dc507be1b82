"""Saving: what goes in and out, money from abroad, and the end of a month."""
