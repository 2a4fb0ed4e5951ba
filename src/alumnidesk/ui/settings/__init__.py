"""The page of settings: the association, its letters, this computer, backups."""
