"""Help: our own pages of text, opened with F1 where one is."""
