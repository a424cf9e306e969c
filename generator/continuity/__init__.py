"""The doorgaande lijn: what goes on after somebody moves to another municipality. Knows no page."""
