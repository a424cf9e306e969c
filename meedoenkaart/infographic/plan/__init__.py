"""What is drawn: steps in reading order, and the rank that Graphviz gives each."""
