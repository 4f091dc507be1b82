"""Pages of the migration service centre, by part of the journey: before, abroad, trouble, back.

Offers, letters and papers have rooms of their own. What several of them share stands here.
"""
