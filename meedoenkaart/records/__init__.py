"""What the data means: typed records, field by field."""
