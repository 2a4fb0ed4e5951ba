"""The page of settings: the association, its letters, this computer, backups."""

ASSOCIATION, TAGS_AND_FIELDS = 0, 3
"""Places among the tabs, for `Context.open_page`."""
