"""The doorgaande lijn: what goes on after a move, and what routes of municipalities tell, side by side. Knows no page."""
