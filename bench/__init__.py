"""How fast the site is built, measured against MkDocs with Material and against Hugo. Run by ``make bench``."""
