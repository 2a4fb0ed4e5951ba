"""The editor of a letter: its text on a page that looks like the letter."""
