"""Reading what a meeting asks of each member, and the sheet that goes there."""
