"""Letters: what went out, the templates, and a new mailing in four steps."""
