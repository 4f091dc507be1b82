"""Rules of the learning centre."""
