"""Places, positions, distances, and what is near."""
