"""The page of the contacts: list, detail with editing in place, import, export."""
