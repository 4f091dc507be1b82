"""What lies at the offices above the demo's villages: reports, placements, kept tables, extracts."""
