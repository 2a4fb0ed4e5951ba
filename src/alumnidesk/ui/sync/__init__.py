"""The page of two-way sync."""
