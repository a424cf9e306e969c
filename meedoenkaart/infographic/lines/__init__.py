"""The ways of lines around boxes, in the drawing with columns."""
