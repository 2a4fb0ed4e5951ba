"""The page of what was done, and taking it back."""
