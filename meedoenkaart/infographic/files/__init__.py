"""Drawings as files of their own: style, shapes, pictures, pages, and what was drawn before."""
