"""Reading complaints, referrals and emergencies."""
