"""Forms about complaints, referrals and emergencies."""
