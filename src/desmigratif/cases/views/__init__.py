"""Pages of the migration service centre, by part of the journey: before, abroad, trouble, back.

What several of them share stands here.
"""
