"""From files to records: every problem with file, line and column."""
