"""Keeping the catalogue true: what changed, what is past its term, which links are dead, where an address lies."""
