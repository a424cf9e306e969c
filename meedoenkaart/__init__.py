"""Meedoenkaart's generator: YAML in, site out."""
