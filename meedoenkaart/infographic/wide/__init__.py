"""The drawing with columns: an arrangement is searched, placed and checked."""
