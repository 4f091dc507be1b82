"""Lending, what is paid on a loan, and what the books set aside for it."""
