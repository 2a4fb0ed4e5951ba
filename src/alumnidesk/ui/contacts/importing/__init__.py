"""Bringing in a list: choose the file, look at its columns, check what would happen, do it."""
