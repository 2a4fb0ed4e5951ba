"""The page of settings: the association, its letters, this computer, backups."""

TAGS_AND_FIELDS = 3
"""Place among the tabs, for `Context.open_page`."""
