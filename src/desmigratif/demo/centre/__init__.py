"""The demo's service centres: stories, papers, complaints, referrals, returns, and the lists they rest on."""
