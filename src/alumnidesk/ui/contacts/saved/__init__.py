"""Saved searches and fixed lists in the window: the menu at a search, and the dialogs that make and order them."""
