"""The parts that pages are made of, one small module each. They know the look and nothing of contacts or events."""
