"""Reading what members have saved, and what it earned."""
