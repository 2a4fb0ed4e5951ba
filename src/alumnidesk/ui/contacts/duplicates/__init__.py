"""Contacts that may be one: the list of pairs, and two records side by side."""
