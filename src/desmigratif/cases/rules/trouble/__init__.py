"""Somebody is in trouble: complaints, referrals, emergencies."""
