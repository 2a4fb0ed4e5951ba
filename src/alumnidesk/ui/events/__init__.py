"""Events and who is on their lists."""
