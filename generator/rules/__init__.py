"""Named checks, one function each. Their Dutch texts and severities stand in ``generator/texts/nl/rules.yml``."""
