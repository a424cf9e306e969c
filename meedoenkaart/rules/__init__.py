"""Named checks, one function each. Their Dutch texts and severities stand in ``meedoenkaart/texts/nl/rules.yml``."""
