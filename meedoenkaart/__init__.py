"""Meedoenkaart: YAML in, site out."""

__version__ = "0.2.0"
"""Of the program, as SemVer has it; see docs/developers/versions.md."""
