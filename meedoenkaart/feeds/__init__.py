"""What is new, changed or over, as feeds that people follow: told from the history of the files."""
