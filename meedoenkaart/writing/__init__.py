"""What is written for contributors: schemas, new files, and the layout of existing ones."""
