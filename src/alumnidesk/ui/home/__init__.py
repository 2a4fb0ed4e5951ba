"""Home: what needs one, what comes next, what was done."""
