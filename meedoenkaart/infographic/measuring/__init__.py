"""How large things are: letters, lines of text, cards, forms."""
