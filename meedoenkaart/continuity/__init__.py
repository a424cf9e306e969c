"""The doorgaande lijn: what goes on after a move, and what routes of municipalities tell. Knows no page."""
