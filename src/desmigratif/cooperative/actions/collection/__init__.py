"""A meeting's sheet: entered at once, or not at all."""
